import { PassThrough } from 'node:stream';
import { progressOf } from './progress.js';

/** A place to write to, that is a terminal or is not, and what was written to it. */
function place(isTTY: boolean) {
  const stream = Object.assign(new PassThrough(), { isTTY, columns: 120, rows: 40 });
  const said: string[] = [];
  stream.on('data', (text: Buffer) => said.push(text.toString()));
  return { stream: stream as unknown as NodeJS.WriteStream, said: () => said.join('') };
}

async function shown(isTTY: boolean): Promise<string> {
  const { stream, said } = place(isTTY);
  let read = 0;
  const progress = progressOf({ bytes: 4_000, bytesRead: () => read }, stream);
  for (let rows = 1; rows <= 300; rows += 1) {
    read = rows * 10;
    progress.show({ rows, accepted: rows, duplicates: 0, quarantined: 0, events: rows });
    if (rows % 100 === 0) await new Promise((resolve) => setTimeout(resolve, 250));
  }
  progress.end();
  return said();
}

describe('the progress of an import', () => {
  it('is a bar on a terminal: how much of the file, how many rows, how fast, and the time left', async () => {
    const said = await shown(true);
    expect(said).toMatch(/[█░]+ 75 % \| 300 rows \| [1-9]\d* rows\/s \| \d+s left/);
    expect(said).toContain('25 % | 100 rows');
  });

  it('is nothing where no terminal is', async () => {
    expect(await shown(false)).toBe('');
  });
});
