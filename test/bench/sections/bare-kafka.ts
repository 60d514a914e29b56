import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** `sends`: records of each topic that are sent again, at most; 0: it only reads. */
export type BareKafka = { brokers: string[]; topics: string[]; sends: number };

/**
 * Records of the first topic per second: read by kafkajs that does nothing with them; and sent by kafkajs that does nothing else, together
 * with those of the other topics.
 */
export type BareResult = { consumed: number; produced: number };

const run = promisify(execFile);

export async function bareKafka(job: BareKafka): Promise<BareResult> {
  const script = new URL('../contestants/bare-kafkajs.js', import.meta.url).pathname;
  const { stdout } = await run(process.execPath, [script, JSON.stringify(job)]);
  return JSON.parse(stdout) as BareResult;
}
