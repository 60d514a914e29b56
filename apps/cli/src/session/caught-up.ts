import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../failure.js';
import type { Api } from './api.js';

/** What a station says of a projection. */
export type Projection = {
  name: string;
  state: string;
  position: string;
  lagSeconds: number;
  failure: string | null;
  rebuild: { state: string; events?: number; seconds?: number; position?: string; reason?: string } | null;
};

/** Waits until the projections know what was written before: a station that has just started reads it first. */
export async function caughtUp(api: Api, names: string[], signal: AbortSignal): Promise<void> {
  for (;;) {
    const { items } = await api<{ items: Projection[] }>('GET', '/v1/projections');
    const needed = items.filter(({ name }) => names.includes(name));
    const failed = needed.find(({ state }) => state === 'failed');
    if (failed) throw new Failure(`The projection ${failed.name} has stopped: ${failed.failure}`);
    if (needed.every(({ state, lagSeconds }) => state === 'live' && lagSeconds < 1)) return;
    await sleep(50, undefined, { signal });
  }
}
