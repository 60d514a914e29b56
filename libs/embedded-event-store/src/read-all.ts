import type { EventFilter } from './event-filter.js';
import { resolved } from './link.js';
import { nextTurn } from './next-turn.js';
import { PageSize } from './page-size.js';
import type { ReadCall } from './read-call.js';
import type { ReadRequest } from './read-request.js';
import type { RecordedEvent } from './recorded-event.js';
import type { Store } from './store.js';

/** Delivers up to `count` events of all streams in the order of the log, and ends where the log ended at the start. */
export async function readAll(store: Store, call: ReadCall, request: ReadRequest): Promise<void> {
  const { backwards, filter, resolveLinks } = request;
  const size = new PageSize();
  const end = store.log.lastPosition;
  let left = request.count!;
  let cursor = startingPosition(request, end);
  while (left > 0 && call.open) {
    const events = backwards
      ? store.log.allBefore(cursor, size)
      : upTo(end, store.log.allAfter(cursor, size));
    if (events.length === 0) break;
    cursor = events.at(-1)!.position;
    size.grow();
    for (const event of wanted(events, filter)) {
      if (left-- === 0) break;
      if (call.deliver(resolved(store, event, resolveLinks))) await call.flush();
    }
    if (filter) await call.flush();
    await nextTurn();
  }
  await call.end();
}

/** Streams that an EventStoreDB keeps to itself; one moved from there may bring them along. */
export function isHidden({ stream }: RecordedEvent): boolean {
  if (!stream.startsWith('$')) return false;
  return (
    stream === '$epoch-information' || /^\$persistentsubscription-\$all::.*-(checkpoint|parked)$/.test(stream)
  );
}

function wanted(events: RecordedEvent[], filter: EventFilter | undefined): RecordedEvent[] {
  const visible = events.filter((event) => !isHidden(event));
  const matches = filter?.(visible);
  return matches ? visible.filter((_, at) => matches[at]) : visible;
}

function upTo(end: number, events: RecordedEvent[]): RecordedEvent[] {
  return (events.at(-1)?.position ?? 0) <= end ? events : events.filter(({ position }) => position <= end);
}

// Forwards a position is inclusive, backwards exclusive; the cursor is exclusive both ways.
function startingPosition({ from, backwards }: ReadRequest, end: number): number {
  if (from === 'start') return 0;
  if (from === 'end') return backwards ? end + 1 : end;
  return backwards ? from : Math.max(0, from - 1);
}
