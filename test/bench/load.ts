import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export type Load = {
  url: string;
  connections: number;
  seconds: number;
  headers: Record<string, string>;
  body: string;
  /** Sends an `Idempotency-Key` of its own with every request. */
  keyed?: boolean;
};

/** Answers per second, latencies in milliseconds (whole ones: the generator's resolution). */
export type Loaded = { rate: number; p50: number; p99: number };

const run = promisify(execFile);

/** POSTs for some seconds from a process of its own. Throws when a single answer was not a success. */
export async function load(job: Load): Promise<Loaded> {
  const generator = new URL('./load-generator.js', import.meta.url).pathname;
  const { stdout } = await run(process.execPath, [generator, JSON.stringify(job)]);
  return JSON.parse(stdout) as Loaded;
}
