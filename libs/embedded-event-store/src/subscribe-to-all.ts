import { Checkpoints } from './checkpoints.js';
import { resolved } from './link.js';
import { nextTurn } from './next-turn.js';
import { PageSize } from './page-size.js';
import { isHidden } from './read-all.js';
import type { ReadCall } from './read-call.js';
import type { ReadRequest } from './read-request.js';
import type { RecordedEvent } from './recorded-event.js';
import type { Store } from './store.js';
import { CAUGHT_UP, checkpoint, confirmation } from './subscription-messages.js';

/**
 * Delivers the events of all streams after a position, for as long as the client listens. It reads the log at its own
 * pace and waits at the end, so there is no buffer it could fall behind of.
 */
export class AllSubscription {
  readonly #size = new PageSize();
  readonly #checkpoints: Checkpoints | undefined;
  #cursor: number;

  constructor(
    private readonly store: Store,
    private readonly call: ReadCall,
    private readonly request: ReadRequest,
  ) {
    const { filter, checkpointInterval, from } = request;
    this.#checkpoints = filter && new Checkpoints(checkpointInterval);
    this.#cursor = from === 'start' ? 0 : from === 'end' ? store.log.lastPosition : from;
  }

  async run(): Promise<void> {
    this.call.message(confirmation());
    await this.#deliverToEnd();
    this.#checkpoint(this.#checkpoints?.caughtUp());
    this.call.message(CAUGHT_UP);
    while (this.call.open) {
      await this.call.flush();
      if (this.#atEnd()) await this.call.untilAppended(this.store.appended);
      await this.#deliverToEnd();
    }
  }

  #atEnd(): boolean {
    return this.#cursor >= this.store.log.lastPosition;
  }

  // What was found leaves with each page read: with a rare match the client would otherwise hear nothing of a long search.
  async #deliverToEnd(): Promise<void> {
    while (this.call.open && !this.#atEnd()) {
      const events = this.store.log.allAfter(this.#cursor, this.#size);
      this.#size.grow();
      const visible = events.filter((event) => !isHidden(event));
      const matches = this.request.filter?.(visible);
      for (const [at, event] of visible.entries()) {
        if (this.#consider(event, matches?.[at] ?? true)) await this.call.flush();
      }
      this.#cursor = events.at(-1)?.position ?? this.#cursor;
      if (this.#atEnd()) return;
      await this.call.flush();
      await nextTurn();
    }
  }

  // True when the page is full.
  #consider(event: RecordedEvent, matches: boolean): boolean {
    const full = matches && this.call.deliver(resolved(this.store, event, this.request.resolveLinks));
    return this.#checkpoint(this.#checkpoints?.consider(event.position)) || full;
  }

  #checkpoint(position: number | undefined): boolean {
    return position !== undefined && this.call.message(checkpoint(position));
  }
}
