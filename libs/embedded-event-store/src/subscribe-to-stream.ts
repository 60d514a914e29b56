import { resolved } from './link.js';
import { nextTurn } from './next-turn.js';
import { PageSize } from './page-size.js';
import type { ReadCall } from './read-call.js';
import type { ReadRequest } from './read-request.js';
import { TOMBSTONE } from './recorded-event.js';
import { streamDeleted } from './rpc-error.js';
import type { Store } from './store.js';
import { CAUGHT_UP, confirmation } from './subscription-messages.js';
import { firstVisible, oldestVisible } from './visibility.js';

/** Delivers a stream's events after a revision, for as long as the client listens or until the stream is tombstoned. */
export class StreamSubscription {
  readonly #name: string;
  readonly #size = new PageSize();
  // What was there at the start obeys the metadata; what comes later is delivered as it comes.
  readonly #lastAtStart: number;
  readonly #oldestAtStart: number;
  #next: number;

  constructor(
    private readonly store: Store,
    private readonly call: ReadCall,
    private readonly request: ReadRequest,
  ) {
    this.#name = request.stream!;
    const { last } = store.streams.get(this.#name);
    const metadata = store.streams.metadata(store.streams.get(this.#name));
    this.#lastAtStart = last;
    this.#oldestAtStart = oldestVisible(metadata);
    this.#next = firstToDeliver(request, last, firstVisible(last, metadata));
  }

  async run(): Promise<void> {
    const { streams, appended } = this.store;
    if (streams.isTombstoned(streams.get(this.#name))) return this.call.fail(streamDeleted(this.#name));
    this.call.message(confirmation());
    await this.#deliverToEnd();
    this.call.message(CAUGHT_UP);
    while (this.call.open) {
      if (this.#next > TOMBSTONE) return this.call.fail(streamDeleted(this.#name));
      await this.call.flush();
      if (this.#atEnd()) await this.call.untilAppended(appended);
      await this.#deliverToEnd();
    }
  }

  #atEnd(): boolean {
    return this.#next > this.store.streams.get(this.#name).last;
  }

  async #deliverToEnd(): Promise<void> {
    while (this.call.open && !this.#atEnd()) {
      const { number } = this.store.streams.get(this.#name);
      const events = this.store.log.forwards(number, this.#next, this.#size);
      this.#size.grow();
      for (const event of events) {
        this.#next = event.revision + 1;
        if (event.revision <= this.#lastAtStart && event.created < this.#oldestAtStart) continue;
        if (this.call.deliver(resolved(this.store, event, this.request.resolveLinks)))
          await this.call.flush();
      }
      if (!this.#atEnd()) await nextTurn();
    }
  }
}

// A position beyond the end is kept: events up to it are skipped when they come.
function firstToDeliver({ from }: ReadRequest, last: number, firstVisible: number): number {
  if (from === 'end') return last + 1;
  const first = from === 'start' ? 0 : Math.min(from + 1, TOMBSTONE);
  return first > last ? first : Math.min(last + 1, Math.max(first, firstVisible));
}
