import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export type NodeTask = {
  url: string;
  /** `fill` appends until `count` events are stored; `read-stream` reads streams that `fill` wrote. */
  task: 'append' | 'fill' | 'read-all' | 'read-stream';
  count: number;
  inFlight: number;
};

/** Operations (of `read-all`: events) per second, and the median of one in milliseconds. */
export type NodeResult = { rate: number; p50: number };

const run = promisify(execFile);

/** Drives a node through the official client, from a process of its own. */
export async function askNode(task: NodeTask): Promise<NodeResult> {
  const driver = new URL('./node.driver.js', import.meta.url).pathname;
  const { stdout } = await run(process.execPath, [driver, JSON.stringify(task)]);
  return JSON.parse(stdout) as NodeResult;
}
