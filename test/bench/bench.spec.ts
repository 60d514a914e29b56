import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { endProcesses, temporaryHome } from '../processes/station.process.js';
import { spawnProcess } from '../processes/spawned.process.js';

const patience = 600_000; // milliseconds

const bench = (...args: string[]) => spawnProcess({ entry: 'dist/test/bench/main.js', args });

describe('The bench', () => {
  afterAll(endProcesses, patience);

  it(
    'measures what it is asked for, prints a table and writes it down',
    async () => {
      const out = join(await temporaryHome(), 'results.md');
      const quick = bench('--quick', '--out', out, 'import', 'reading');
      expect(await quick.exited).toBe(0);
      expect(quick.output()).toMatch(/rows written here, [\d,]+ events +[\d,]+ events\/s/);
      const written = await readFile(out, 'utf8');
      expect(written).toContain('**A quick run');
      expect(written).toMatch(/^## Real records in$/m);
      expect(written).toMatch(
        /\| logbook, newest page, 1,000 stored, p50 \/ p99 \| [\d.]+ ms \/ [\d.]+ ms \| p99 ≤ 10 ms \|/,
      );
      expect(written).not.toContain('NaN');
      expect(written).not.toContain('## POST');

      await writeFile(out, written.replace('rows written here', 'rows of yesterday'));
      expect(await bench('--quick', '--out', out, 'reading').exited).toBe(0);
      const again = await readFile(out, 'utf8');
      expect(again).toMatch(/^## Real records in$[\s\S]*rows of yesterday[\s\S]*^## Reading$/m);
      expect(again.match(/^## /gm)).toHaveLength(2);
    },
    patience,
  );

  it('names its sections when it is asked for one that there is not', async () => {
    const none = bench('nonsense');
    expect(await none.exited).toBe(1);
    expect(none.output()).toMatch(/no section nonsense[\s\S]* import +Real records in/);
  });
});
