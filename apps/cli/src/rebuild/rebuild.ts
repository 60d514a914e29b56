import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../failure.js';
import { apiOf } from '../session/api.js';
import type { Projection } from '../session/caught-up.js';
import { type Session, withStation } from '../session/session.js';
import { progressOf } from './rebuild.progress.js';

/** Has the station rebuild a projection, and waits until that is done. */
export async function rebuilt(session: Session, name: string): Promise<{ events: number; seconds: number }> {
  return withStation(session, async ({ url }, home) => {
    const api = await apiOf(url, home, 'admin', session.signal);
    const { items } = await api<{ items: Projection[] }>('GET', '/v1/projections');
    if (!items.some((projection) => projection.name === name)) {
      const known = items.map((projection) => projection.name).join(', ');
      throw new Failure(`There is no projection ${name}. Those there are: ${known}`, 2);
    }
    const path = `/v1/projections/${encodeURIComponent(name)}`;
    let projection = await api<Projection>('POST', `${path}/rebuild`);
    const progress = progressOf(process.stderr);
    try {
      while (projection.rebuild?.state === 'running') {
        progress.show(projection);
        await sleep(100, undefined, { signal: session.signal });
        projection = await api<Projection>('GET', path);
      }
    } finally {
      progress.end();
    }
    const { state, events = 0, seconds = 0, reason } = projection.rebuild ?? { state: 'lost' };
    if (state !== 'done') {
      throw new Failure(
        `The rebuild failed, what was there is still read: ${reason ?? 'the station has restarted'}`,
      );
    }
    return { events, seconds };
  });
}
