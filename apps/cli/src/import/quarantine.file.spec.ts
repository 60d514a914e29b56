import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QuarantineFile } from './quarantine.file.js';
import { openRows } from './row-source.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quarantine-'));
});
afterAll(() => rm(folder, { recursive: true }));

const row = (line: number, ...values: string[]) => ({ line, values, cells: undefined });

describe('the quarantine', () => {
  it('holds line, reason and the row as it stood', async () => {
    const file = await QuarantineFile.at(join(folder, 'a.csv'), ['时间', 'text']);
    await file.add(row(3, '昨天', 'a "b", c'), 'unreadable-date');
    await file.add(row(9, '', ' x\ny'), 'missing-date');
    expect(await file.close()).toBe(join(folder, 'a.csv'));
    expect(await readFile(join(folder, 'a.csv'), 'utf8')).toBe(
      'line,reason,时间,text\r\n3,unreadable-date,昨天,"a ""b"", c"\r\n9,missing-date,," x\ny"\r\n',
    );
  });

  it('can be mended and imported like the file it came from', async () => {
    const rows = [];
    for await (const one of (await openRows(join(folder, 'a.csv'), ['时间', 'text'])).rows)
      rows.push(one.values[3]);
    expect(rows).toEqual(['a "b", c', ' x\ny']);
  });

  it('is not there when nothing was set aside, not even an old one', async () => {
    const path = join(folder, 'b.csv');
    await writeFile(path, 'of yesterday');
    const file = await QuarantineFile.at(path, ['a']);
    expect(await file.close()).toBeUndefined();
    await expect(access(path)).rejects.toThrow('ENOENT');
  });

  it('says what to do where it cannot be written', async () => {
    const file = await QuarantineFile.at(join(folder, 'none', 'c.csv'), ['a']);
    await expect(file.add(row(2, 'x'), 'missing-key').then(() => file.close())).rejects.toThrow(
      '--quarantine',
    );
  });

  it('takes more rows than fit into memory buffers', async () => {
    const file = await QuarantineFile.at(join(folder, 'd.csv'), ['a']);
    for (let line = 2; line < 5_002; line += 1) await file.add(row(line, 'x'.repeat(100)), 'missing-key');
    await file.close();
    expect((await readFile(join(folder, 'd.csv'), 'utf8')).trimEnd().split('\r\n')).toHaveLength(5_001);
  });
});
