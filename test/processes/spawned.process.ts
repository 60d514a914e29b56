import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { atExit } from './at-exit.js';

/** A process of ours that a test started from dist/. */
export type Spawned = {
  pid: number;
  /** Everything it wrote so far, both streams as they came. */
  output: () => string;
  stderr: () => string;
  /** Its exit code, or the signal that ended it. */
  exited: Promise<number | NodeJS.Signals>;
  signal: (signal: NodeJS.Signals) => void;
  /** The first match in its output; rejects with the output when it ends or `patience` (ms) passes before. */
  writes: (pattern: RegExp, patience?: number) => Promise<RegExpExecArray>;
};

export type SpawnOptions = {
  /** Compiled entry, from the root of the project: `dist/apps/station/src/main.js`. */
  entry: string;
  args?: string[];
  env?: Record<string, string>;
  /** For node itself, e.g. `--import`. */
  nodeArgs?: string[];
};

export const root = join(import.meta.dirname, import.meta.dirname.includes('/dist/') ? '../../..' : '../..');

const running = new Set<ChildProcess>();

/** Starts node on a compiled entry with an environment that no setting of the machine leaks into. */
export function spawnProcess({ entry, args = [], env = {}, nodeArgs = [] }: SpawnOptions): Spawned {
  const command = ['--enable-source-maps', ...nodeArgs, join(root, entry), ...args];
  const child = spawn(process.execPath, command, {
    cwd: root,
    env: { ...machine(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const forget = atExit(() => child.kill('SIGKILL')); // a run that is broken off takes its processes along
  let [all, errors] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => void (all += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    all += text;
    errors += text;
  });
  const exited = new Promise<number | NodeJS.Signals>((resolve, reject) => {
    child.once('error', reject);
    // `close` comes after the last byte of its output, `exit` may come before.
    child.once('close', (code, signal) => {
      running.delete(child);
      forget();
      resolve(code ?? signal ?? 1);
    });
  });
  const spawned: Spawned = {
    pid: child.pid ?? 0,
    output: () => all,
    stderr: () => errors,
    exited,
    signal: (signal) => void child.kill(signal),
    writes: (pattern, patience = 180_000) =>
      within(
        patience,
        awaitOutput(child, pattern, () => all),
        () => all,
      ),
  };
  watched().push({ title: `${entry} (${spawned.pid})`, output: spawned.output });
  return spawned;
}

/** Ends with SIGKILL whatever still runs. */
export async function killRunning(): Promise<void> {
  const ended = [...running].map((child) => new Promise((resolve) => child.once('close', resolve)));
  running.forEach((child) => child.kill('SIGKILL'));
  await Promise.all(ended);
}

function awaitOutput(child: ChildProcess, pattern: RegExp, all: () => string): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const found = pattern.exec(all());
      if (found) resolve(found);
    };
    child.stdout?.on('data', look);
    child.stderr?.on('data', look);
    child.once('close', (code) => reject(new Error(`it ended with ${code} before ${pattern}:\n${all()}`)));
    look();
  });
}

async function within<Value>(ms: number, work: Promise<Value>, said: () => string): Promise<Value> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`nothing after ${ms} ms:\n${said()}`)), ms);
  return Promise.race([work, late.promise]).finally(() => clearTimeout(timer));
}

const settings =
  /^((YIZHAN|OIDC|KAFKA)_|(EVENTSTORE|DATABASE|PUBLIC)_URL$|(METRICS_)?PORT$|HOST$|LOG_LEVEL$|NODE_OPTIONS$)/;

function machine(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !settings.test(name)));
}

type Watched = { title: string; output: () => string };

// process-output.environment.js prints these when a test fails.
function watched(): Watched[] {
  const holder = globalThis as { [key: symbol]: Watched[] | undefined };
  return (holder[Symbol.for('yizhan.test.processes')] ??= []);
}
