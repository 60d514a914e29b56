import { existsSync, mkdirSync } from 'node:fs';
import { startEmbeddedEventStore, storeFileIn } from '#embedded-event-store';
import { type Environment, eventsFolder, findRunningStation, homeOf } from '#station-home';
import { Failure } from '../failure.js';
import { refuseHeld } from '../session/home.lease.js';

/** One end of a copy: where it is, and what to do when it is not needed any more. */
export type End = { url: string; close: () => Promise<void> };

/**
 * The event store that was named. `home` is that of the station that runs on `YIZHAN_HOME`, else the home's own node, started
 * for as long as it is needed: no station can start on it meanwhile. Throws {@link Failure}.
 */
export async function openEnd(where: string, side: 'from' | 'to', environment: Environment): Promise<End> {
  if (where !== 'home') return remote(where, side);
  const home = homeOf(environment);
  await refuseHeld(home);
  const station = await findRunningStation(home);
  if (station) return { url: station.eventStoreUrl, close: () => Promise.resolve() };
  const directory = eventsFolder(home);
  if (side === 'from' && !existsSync(storeFileIn(directory))) {
    throw new Failure(`There are no events under ${home} (YIZHAN_HOME), and no station runs on it`);
  }
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const { connectionString, close } = await startEmbeddedEventStore({ directory });
  return { url: connectionString, close };
}

function remote(where: string, side: string): End {
  if (!/^esdb(\+discover)?:\/\/./.test(where)) {
    throw new Failure(`--${side} must begin with esdb:// or esdb+discover://, or be home`, 2);
  }
  return { url: where, close: () => Promise.resolve() };
}
