import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const BUILT = pathToFileURL('dist/libs/embedded-event-store/src/index.js').href;

// The node alone in a process, in its main thread, so that whatever this process holds is the node's.
const PROGRAM = `
import { readdirSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { startNode } from '${BUILT}';
const say = (line) => console.log(JSON.stringify(line));
const node = await startNode({ directory: process.argv[2] });
say({ connectionString: node.connectionString, port: node.port });
process.stdin.on('data', async (word) => {
  if (String(word) === 'close') {
    await node.close();
    say({ closed: true });
    return process.stdin.destroy();
  }
  for (let at = 0; at < 3; at++) { await wait(100); gc(); }
  const { heapUsed, external, rss } = process.memoryUsage();
  say({ bytes: heapUsed + external, rss, handles: process.getActiveResourcesInfo().length, files: readdirSync('/proc/self/fd').length });
});
`;

/** What the node's process holds after a forced garbage collection. */
export type Held = { bytes: number; rss: number; handles: number; files: number };

export type MeasuredNode = {
  port: number;
  connectionString: string;
  measure(): Promise<Held>;
  close(): Promise<void>;
  /** Kills what is left and removes its files; says whether it was still alive. */
  stop(): Promise<boolean>;
};

export async function startMeasuredNode(): Promise<MeasuredNode> {
  const place = mkdtempSync(join(tmpdir(), 'measured-node-'));
  const program = join(place, 'program.mjs');
  writeFileSync(program, PROGRAM);
  const child = spawn(process.execPath, ['--expose-gc', program, join(place, 'store')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async <T>(): Promise<T> => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error('The node died.');
    return JSON.parse(value) as T;
  };
  const ask = <T>(word: 'measure' | 'close'): Promise<T> => {
    child.stdin.write(word);
    return next();
  };
  const { port, connectionString } = await next<{ port: number; connectionString: string }>();
  return {
    port,
    connectionString,
    measure: () => ask('measure'),
    close: async () => {
      await ask('close');
      await exited;
    },
    stop: async () => {
      const alive = child.exitCode === null && child.signalCode === null;
      child.kill('SIGKILL');
      await exited;
      rmSync(place, { recursive: true });
      return alive;
    },
  };
}
