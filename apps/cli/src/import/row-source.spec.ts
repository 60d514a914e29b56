import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Row, openRows } from './row-source.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rows-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function rowsOf(content: string | Uint8Array, needed: string[] = []): Promise<Row[]> {
  const file = join(folder, 'rows.csv');
  await writeFile(file, content);
  const rows: Row[] = [];
  for await (const row of (await openRows(file, needed)).rows) rows.push(row);
  return rows;
}

describe('the rows of a file', () => {
  it('know their lines, over blank lines and line breaks in cells', async () => {
    const rows = await rowsOf('a,b\r\n1,2\r\n\r\n"x\ny","q ""z"""\r\n5,6\r\n');
    expect(rows.map(({ line, values }) => [line, ...values])).toEqual([
      [2, '1', '2'],
      [4, 'x\ny', 'q "z"'],
      [6, '5', '6'],
    ]);
  });

  it('have trimmed cells under the names of the columns, which may be padded too', async () => {
    expect((await rowsOf('a , b\n 1 ,2\n'))[0]?.cells).toEqual({ a: '1', b: '2' });
  });

  it('with too many or too few values have no cells', async () => {
    const rows = await rowsOf('a,b\n1\n1,2,3\n1,2\n');
    expect(rows.map(({ cells }) => cells !== undefined)).toEqual([false, false, true]);
  });

  it('may hold loose quotation marks', async () => {
    expect((await rowsOf('a,b\n5" pipe,the "old" one\n'))[0]?.values).toEqual(['5" pipe', 'the "old" one']);
  });

  it('come out of gzip, whatever the file is called', async () => {
    expect(await rowsOf(gzipSync('a\n1\n2\n'))).toHaveLength(2);
  });

  it('say how far the file has been read', async () => {
    const file = join(folder, 'long.csv');
    await writeFile(file, `a\n${'1234567\n'.repeat(50_000)}`);
    const source = await openRows(file, ['a']);
    expect(source.bytes).toBe(400_002);
    expect(source.bytesRead()).toBeLessThan(400_002);
    let rows = 0;
    for await (const _ of source.rows) rows += 1;
    expect([rows, source.bytesRead()]).toEqual([50_000, 400_002]);
  });

  it('are refused in words where the file is none of ours', async () => {
    await expect(openRows(join(folder, 'none.csv'), [])).rejects.toThrow('no such file');
    await expect(openRows(folder, [])).rejects.toThrow('is not a file');
    await expect(rowsOf('')).rejects.toThrow('is empty');
    await expect(rowsOf('a,b\n1,2\n', ['b', 'c'])).rejects.toThrow(/no column c\. Its columns are: a, b/);
    await expect(rowsOf('a,b\n1,2\n"3,4\n5,6\n')).rejects.toThrow(/not readable as CSV.*line 4/);
    await expect(rowsOf(gzipSync('a\n1\n'.repeat(100)).subarray(0, 25))).rejects.toThrow(
      'not a whole gzip file',
    );
  });
});
