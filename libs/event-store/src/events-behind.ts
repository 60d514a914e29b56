import type { Feed } from './subscription.js';

/** How many events stand behind a position. */
export type Behind = {
  events: number;
  /** Whether there may be more: the counting ended. */
  atLeast: boolean;
  /** When the first of them was recorded: ISO 8601, UTC. */
  since: string | undefined;
};

/** Counts the events of streams behind a position of `$all` (before the first: 0 or less), up to so many. */
export async function eventsBehind(
  feed: Feed,
  { position, streams }: { position: bigint; streams: string[] },
  most: number,
): Promise<Behind> {
  const leaving = new AbortController();
  const after = position > 0n ? position : undefined;
  let [events, since] = [0, undefined as string | undefined];
  try {
    for await (const one of feed.subscribe({ after, streams, signal: leaving.signal })) {
      if (one.kind === 'caught-up') break;
      if (one.kind !== 'event') continue;
      since ??= one.event.recordedAt;
      if ((events += 1) === most) break;
    }
  } finally {
    leaving.abort();
  }
  return { events, atLeast: events === most, since };
}
