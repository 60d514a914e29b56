import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Environment, type RunningStation, findRunningStation } from '#station-home';
import { Failure } from '../failure.js';

const program = fileURLToPath(new URL('../../../station/src/main.js', import.meta.url));
const patience = 120_000; // milliseconds: a home with a long history may have to be recovered first

export type OwnStation = { station: RunningStation; stop: () => Promise<void> };

/** Starts a station for the time of one command, on a free port; resolves when it is ready. */
export async function startOwnStation(
  home: string,
  environment: Environment,
  signal: AbortSignal,
): Promise<OwnStation> {
  const child = spawn(process.execPath, [program], {
    env: { ...environment, YIZHAN_HOME: home, PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'error' },
    stdio: ['ignore', 'ignore', 'pipe'],
    // A process group of its own: Ctrl-C reaches the command alone, which stops the station after its own work.
    detached: true,
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-4_000)));
  const stop = () => stopped(child);
  try {
    return { station: await ready(child, home, signal, () => said.trim()), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function ready(
  child: ChildProcess,
  home: string,
  signal: AbortSignal,
  said: () => string,
): Promise<RunningStation> {
  const end = Date.now() + patience;
  while (Date.now() < end) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Failure(
        said() || `The station ended before it was ready (${child.exitCode ?? child.signalCode})`,
      );
    }
    const station = await findRunningStation(home);
    if (station && station.pid === child.pid && (await isReady(station))) return station;
    await sleep(50, undefined, { signal });
  }
  throw new Failure(`The station was not ready after ${patience / 1_000} seconds`);
}

async function isReady({ url }: RunningStation): Promise<boolean> {
  const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
  await answer?.body?.cancel();
  return answer?.status === 200;
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
}
