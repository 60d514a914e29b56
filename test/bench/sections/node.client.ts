import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Bench } from '../section.js';
import { type ServerProcess, startServer } from '../server-process.js';

export type NodeTask = {
  url: string;
  /**
   * `fill` appends until `count` events are stored; `hear` lets `inFlight` subscribers hear as many from one writer, and fails where one of
   * them misses one, hears it twice or out of order; `read-stream` reads streams that `fill` wrote; `read-slowly` pauses;
   * `read-undecoded` and `append-ready-made` leave out what the official client does.
   */
  task:
    | 'append'
    | 'append-ready-made'
    | 'fill'
    | 'hear'
    | 'read-all'
    | 'read-slowly'
    | 'read-stream'
    | 'read-undecoded';
  count: number;
  inFlight: number;
};

/** Operations (of reading $all: events) per second, and the median of one in milliseconds. */
export type NodeResult = { rate: number; p50: number };

const run = promisify(execFile);

/** Drives a node through the official client, from a process of its own. */
export async function askNode(task: NodeTask): Promise<NodeResult> {
  const driver = new URL('./node.driver.js', import.meta.url).pathname;
  const { stdout } = await run(process.execPath, [driver, JSON.stringify(task)]);
  return JSON.parse(stdout) as NodeResult;
}

/** What speaks like a node, keeps nothing, and reads out ready-made bytes. */
export function startReadyMade({ home, profiles }: Bench): Promise<ServerProcess> {
  const script = 'test/bench/contestants/ready-made.js';
  return startServer({ script, environment: {}, log: join(home, 'ready-made.log'), profiles });
}

/** A node in a process of its own, on whatever `directory` holds. */
export function startNode(directory: string, { home, profiles }: Bench): Promise<ServerProcess> {
  mkdirSync(directory, { recursive: true });
  return startServer({
    script: 'test/bench/contestants/node.js',
    environment: { DIRECTORY: directory },
    log: join(home, 'node.log'),
    profiles,
  });
}
