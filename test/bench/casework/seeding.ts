import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { type Seeded, seed } from '../synthetic/seeding.js';

export type CaseworkSeeding = { eventStoreUrl: string; file: string; events: number };

export type Filling = { eventStoreUrl: string; events: number; say: (line: string) => void };
/** `of`: what the events were made from, for whoever reads the figures. */
export type Filled = Seeded & { of: string };

const name = 'nyc_council_casework_all.csv.gz';
const eventsOfOne = 5; // synthetic request, about

/**
 * Fills an event store with about so many events (never fewer, where the file is there): the lives of real cases, as often as it takes;
 * of synthetic requests where `YIZHAN_DATA`, `../shared/data` by default, does not have the file.
 */
export async function fill({ eventStoreUrl, events, say }: Filling): Promise<Filled> {
  const file = join(resolve(process.env['YIZHAN_DATA'] || '../shared/data'), name);
  if (existsSync(file))
    return { ...(await seedCasework({ eventStoreUrl, file, events }, say)), of: `cases of ${name}` };
  say(`${file} is not there: the requests are synthetic`);
  const seeded = await seed({ eventStoreUrl, requests: Math.ceil(events / eventsOfOne) });
  return { ...seeded, of: `synthetic requests: ${name} was not there` };
}

async function seedCasework(job: CaseworkSeeding, say: (line: string) => void): Promise<Seeded> {
  const seeder = new URL('./seeder.js', import.meta.url).pathname;
  const child = spawn(process.execPath, [seeder, JSON.stringify(job)], { stdio: ['ignore', 'pipe', 'pipe'] });
  createInterface({ input: child.stderr }).on('line', say);
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  if (code !== 0) throw new Error(`the cases were not stored: exit code ${code}`);
  return JSON.parse(said) as Seeded;
}
