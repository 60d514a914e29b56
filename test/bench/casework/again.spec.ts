import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { again } from './again.js';

it('brings the rows of a file for ever, each time as other cases', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'yizhan-again-'));
  const file = join(folder, 'cases.csv');
  const header = 'unique_key,account,opendate,closedate,complaint_type,descriptor,council_dist';
  await writeFile(file, `${header}\nA,NYCC03,2022-01-01,,,,\nB,NYCC03,2022-01-01,,,,\n`);
  const keys: (string | undefined)[] = [];
  for await (const { cells } of again(file)) if (keys.push(cells?.['unique_key']) === 5) break;
  expect(keys).toEqual(['A', 'B', 'A~2', 'B~2', 'A~3']);
  await rm(folder, { recursive: true });
});
