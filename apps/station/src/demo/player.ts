import { stations, admin, type Player } from './cast.js';
import { occurredAt } from './clock.js';
import { type Beat, beats } from './day.js';
import type { Scene } from './story.js';

export type Stage = {
  url: string;
  /** `yyyy-mm-dd` in Shanghai. */
  day: string;
  token: (player: Player) => Promise<string>;
  /** Called after every step. */
  tell: (done: number, total: number) => void;
  /** Stops between two steps. */
  signal: AbortSignal;
};

/**
 * Plays the scenes in the order of their times, as clients would: over HTTP, each player with a token of her own. Resolves
 * with the last write's Consistency-Token. Throws with the step and the station's own sentence when one is refused.
 */
export async function play(scenes: readonly Scene[], stage: Stage): Promise<string> {
  for (const station of stations) {
    await post(stage, { path: '/v1/stations', by: admin, body: station, key: `demo-open-${station.code}` });
  }
  const ids = new Map<string, string>();
  const steps = beats(scenes);
  let seen = '0';
  for (const [index, beat] of steps.entries()) {
    stage.signal.throwIfAborted();
    const { answer, token } = await post(stage, posting(beat, ids.get(beat.scene), stage.day));
    ids.set(beat.scene, answer.id);
    seen = token;
    stage.tell(index + 1, steps.length);
  }
  return seen;
}

type Posting = { path: string; by: Player; body: object; key: string };

function posting(beat: Beat, id: string | undefined, day: string): Posting {
  const { by, key, route, body } = beat;
  const time = occurredAt(beat, day);
  const path = id === undefined ? '/v1/requests' : `/v1/requests/${id}/${route}`;
  return { path, by, key, body: { ...body, ...(time ? { occurredAt: time } : {}) } };
}

async function post({ url, token, signal }: Stage, { path, by, body, key }: Posting) {
  const response = await fetch(url + path, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await token(by)}`,
      'content-type': 'application/json',
      'idempotency-key': key,
    },
    body: JSON.stringify(body),
    signal,
  });
  const answer = (await response.json()) as { id: string; detail?: string };
  if (!response.ok) throw new Error(`POST ${path} (${key}): ${response.status} ${answer.detail ?? ''}`);
  return { answer, token: response.headers.get('consistency-token') ?? '' };
}
