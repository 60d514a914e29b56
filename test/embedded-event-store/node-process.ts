import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

// Runs against what was built: a thread cannot load TypeScript.
const BUILT = pathToFileURL('dist/libs/embedded-event-store/src/index.js').href;

// `close` on the standard input closes the node; `kill-thread` ends its thread behind its back.
const PROGRAM = `
import { startEmbeddedEventStore } from '${BUILT}';
let thread;
process.on('worker', (worker) => (thread = worker));
const say = (line) => console.log(JSON.stringify(line));
try {
  const store = await startEmbeddedEventStore(JSON.parse(process.argv[2]));
  say({ started: true, connectionString: store.connectionString, port: store.port });
  store.failed.then((error) => { say({ failed: error.message }); process.exit(3); });
  process.stdin.on('data', async (word) => {
    if (String(word) === 'kill-thread') return thread.terminate();
    await store.close();
    say({ closed: true });
    process.stdin.destroy();
  });
} catch (error) {
  say({ started: false, name: error.name, reason: error.reason, message: error.message });
}
`;

export type Line = {
  started?: boolean;
  connectionString?: string;
  port?: number;
  name?: string;
  reason?: string;
  message?: string;
  failed?: string;
  closed?: boolean;
};

/** The embedded node in a process of its own, and what that process says line by line. */
export type NodeProcess = {
  first: Line;
  next(): Promise<Line>;
  tell(word: 'close' | 'kill-thread'): void;
  kill(): Promise<void>;
  exited: Promise<number | null>;
};

export async function startNodeProcess(options: { directory: string; port?: number }): Promise<NodeProcess> {
  const place = mkdtempSync(join(tmpdir(), 'node-process-'));
  const program = join(place, 'program.mjs');
  writeFileSync(program, PROGRAM);
  const child = spawn(process.execPath, [program, JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const end = () => child.kill('SIGKILL');
  process.on('exit', end); // a test that fails half-way leaves it to nobody
  const exited = once(child, 'exit').then(([code]) => {
    process.off('exit', end);
    rmSync(place, { recursive: true });
    return code as number | null;
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<Line> => JSON.parse((await lines.next()).value as string) as Line;
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exited;
  };
  return { first: await next(), next, tell: (word) => child.stdin.write(word), kill, exited };
}
