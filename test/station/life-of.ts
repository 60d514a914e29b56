import { setTimeout as pause } from 'node:timers/promises';
import { openEventLog, type Stored } from '../http/event-log.js';
import type { StationProcess } from '../processes/station.process.js';

/** Waits for what is said to be within some minutes; the machine may have other things to do. */
async function until<Found>(look: () => Promise<Found>, holds: (found: Found) => boolean): Promise<Found> {
  for (const end = Date.now() + 240_000; Date.now() < end; await pause(250)) {
    const found = await look();
    if (holds(found)) return found;
  }
  throw new Error('it did not come to that');
}

/** What a request has been through, without its deadlines, once that holds. */
export async function lifeOf(station: StationProcess, id: string, holds: (life: Stored[]) => boolean) {
  const events = openEventLog(await station.eventStoreUrl());
  try {
    const life = async () => (await events.of(`request-${id}`)).filter(({ type }) => type !== 'DeadlineSet');
    return await until(life, holds);
  } finally {
    await events.dispose();
  }
}
