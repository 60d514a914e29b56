import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export type Seeding = { eventStoreUrl: string; requests: number };
export type Seeded = { events: number; seconds: number };

const run = promisify(execFile);

/** Appends the lives of so many requests, over twenty stations in four districts, from a process of its own. */
export async function seed(job: Seeding): Promise<Seeded> {
  const seeder = new URL('./seeder.js', import.meta.url).pathname;
  const { stdout } = await run(process.execPath, [seeder, JSON.stringify(job)]);
  return JSON.parse(stdout) as Seeded;
}
