import { type Position, type StoredEvent, isCarried } from './stored.event.js';
import type { Wire } from './wire.js';

const PAGE = 1_000;

/** The events to carry, in the order of $all, after a position or from the beginning, up to where the store ends now. */
export async function* carriedEvents(
  store: Pick<Wire, 'page'>,
  after?: Position,
): AsyncGenerator<StoredEvent> {
  let last = after;
  let next = store.page(last, PAGE);
  for (;;) {
    const page = await next;
    // A read begins with the position it is given: that one was seen.
    const events = last ? page.filter(({ position }) => position.commit > last!.commit) : page;
    if (events.length === 0) return;
    last = events.at(-1)!.position;
    // The page after this one is on its way while this one is worked on.
    next = store.page(last, PAGE);
    next.catch(() => undefined); // it is awaited above, if anybody still wants it
    for (const event of events) if (isCarried(event.stream)) yield event;
  }
}
