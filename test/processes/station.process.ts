import { rmSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Principal, type Role, type Scope, issueToken, openSigningKey } from '#access';
import { atExit } from './at-exit.js';
import { type Spawned, killRunning, spawnProcess } from './spawned.process.js';

/** A station in a process of its own, listening on a free port of the loopback. */
export type StationProcess = Pick<Spawned, 'pid' | 'output' | 'exited' | 'signal' | 'writes'> & {
  url: string;
  home: string;
  /** From its station.json: for the official client. */
  eventStoreUrl: () => Promise<string>;
  /** A bearer token signed with the key of its home. Default: a role that sees everything it may, for eight hours. */
  token: (role: Role, scope?: Scope, more?: Partial<Principal> & { expiresIn?: string }) => Promise<string>;
  /** An orderly end; resolves with the exit code. */
  stop: (signal?: 'SIGINT' | 'SIGTERM') => Promise<number | NodeJS.Signals>;
  /** SIGKILL. */
  kill: () => Promise<void>;
};

export type StationOptions = {
  env?: Record<string, string>;
  /** A home to start on again; a new temporary one by default. */
  home?: string;
  app?: 'station' | 'commands' | 'queries' | 'relay' | 'demo';
  nodeArgs?: string[];
};

const entries = {
  station: 'dist/apps/station/src/main.js',
  demo: 'dist/apps/station/src/demo.js',
  commands: 'dist/apps/commands/src/main.js',
  queries: 'dist/apps/queries/src/main.js',
  relay: 'dist/apps/relay/src/main.js',
};

const homes: { home: string; forget: () => void }[] = [];

export async function temporaryHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'yizhan-'));
  const forget = atExit(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));
  homes.push({ home, forget });
  return home;
}

/** Ends what a spec started and removes its temporary homes: `afterAll(endProcesses)`. */
export async function endProcesses(): Promise<void> {
  await killRunning();
  const removed = homes.splice(0).map(async ({ home, forget }) => {
    await rm(home, { recursive: true, force: true });
    forget();
  });
  await Promise.all(removed);
}

/** Starts the process without waiting for anything: for starts that are to fail. */
export async function launchStation(options: StationOptions = {}): Promise<Spawned & { home: string }> {
  const { env = {}, app = 'station', nodeArgs = [] } = options;
  const home = options.home ?? (await temporaryHome());
  const settings = { YIZHAN_HOME: home, PORT: '0', ...env };
  return { ...spawnProcess({ entry: entries[app], env: settings, nodeArgs }), home };
}

/** Starts a station and waits until it is ready; rejects with the end of its output when it is not within ten minutes. */
export async function startStation(options: StationOptions = {}): Promise<StationProcess> {
  const launched = await launchStation(options);
  const { home, pid, output, exited, signal, writes } = launched;
  const [, url = ''] = await writes(/listens on (http:\/\/\S+)/);
  await ready(url, output);
  const leave = (by: NodeJS.Signals) => (signal(by), exited);
  return {
    url,
    home,
    pid,
    output,
    exited,
    signal,
    writes,
    eventStoreUrl: async () => {
      const text = await readFile(join(home, 'station.json'), 'utf8');
      return (JSON.parse(text) as { eventStoreUrl: string }).eventStoreUrl;
    },
    token: (role, scope, more) => tokenFor(home, role, scope, more),
    stop: (by = 'SIGTERM') => leave(by),
    kill: async () => void (await leave('SIGKILL')),
  };
}

/** A token signed with the key of a home, whether a station runs on it or not. */
export async function tokenFor(
  home: string,
  role: Role,
  scope: Scope = {},
  { expiresIn = '8h', ...who }: Partial<Principal> & { expiresIn?: string } = {},
): Promise<string> {
  const principal = { subject: `test-${role}`, name: `测试 ${role}`, role, scope, ...who };
  return issueToken(await openSigningKey(home), principal, expiresIn);
}

const patience = 600_000; // milliseconds: a process may build its read models from a long log

async function ready(url: string, output: () => string): Promise<void> {
  for (const until = Date.now() + patience; Date.now() < until; await pause(100)) {
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok) return;
  }
  throw new Error(`not ready within ten minutes:\n${output().slice(-4_000)}`);
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
