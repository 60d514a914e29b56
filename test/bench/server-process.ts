import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

export type ServerProcess = AsyncDisposable & {
  /** What follows `listens on` in its output. */
  url: string;
  pid: number;
  /** Everything it wrote so far. */
  output: () => string;
  /** Resident memory in MiB. */
  rss: () => number;
  stop: () => Promise<void>;
};

export type ServerOptions = {
  /** A file below dist/, e.g. `apps/station/src/main.js`. */
  script: string;
  environment: Record<string, string>;
  /** Where its output goes: to a file, as under a service supervisor. */
  log: string;
  profiles?: string | undefined;
};

const patience = 120_000; // milliseconds

/** Starts a server in a process of its own and waits until it says where it listens. */
export async function startServer({
  script,
  environment,
  log,
  profiles,
}: ServerOptions): Promise<ServerProcess> {
  const file = openSync(log, 'w');
  const main = new URL(`../../${script}`, import.meta.url).pathname;
  const profiling = profiles ? ['--cpu-prof', `--cpu-prof-dir=${profiles}`] : [];
  const child = spawn(process.execPath, [...profiling, main], {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', file, file],
  });
  closeSync(file);
  const url = await listening(child, log);
  const pid = child.pid ?? 0;
  const stop = () => end(child);
  const output = () => readFileSync(log, 'utf8');
  return { url, pid, output, rss: () => residentMemory(pid), stop, [Symbol.asyncDispose]: stop };
}

async function listening(child: ChildProcess, log: string): Promise<string> {
  for (const start = performance.now(); performance.now() - start < patience; await pause(20)) {
    const text = readFileSync(log, 'utf8');
    const url = /listens on (\S+)/.exec(text)?.[1];
    if (url) return url;
    if (child.exitCode !== null) throw new Error(`a server did not start: ${text}`);
  }
  await end(child);
  throw new Error(`a server did not say where it listens within ${patience} ms; see ${log}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
}

/** Of a process, in MiB; 0 when it is gone. */
export function residentMemory(pid: number): number {
  try {
    return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;
  } catch {
    return 0;
  }
}
