import type { Recorded } from '#event-sourcing';
import type { Delivery, Feed, SubscriptionOptions } from '#event-store';

/** A feed over events in an array, for specs: catches up, says so, and delivers what is added later. */
export class InMemoryFeed implements Feed {
  private readonly listeners = new Set<() => void>();
  /** How often somebody subscribed. */
  subscriptions = 0;
  private broken: Error | undefined;

  /** Subscriptions that have not ended. */
  get open(): number {
    return this.listeners.size;
  }

  constructor(readonly events: Recorded[] = []) {}

  add(...events: Recorded[]): void {
    this.events.push(...events);
    this.wake();
  }

  /** Ends every subscription with the error; those that come later work. */
  break(error: Error): void {
    this.broken = error;
    this.wake();
    this.broken = undefined;
  }

  private wake(): void {
    for (const listener of this.listeners) listener();
  }

  async *subscribe(options: SubscriptionOptions): AsyncGenerator<Delivery> {
    const { after = -1n, signal } = options;
    this.subscriptions += 1;
    let failure: Error | undefined;
    let wake: (() => void) | undefined;
    const listener = () => {
      failure ??= this.broken;
      wake?.();
    };
    this.listeners.add(listener);
    signal.addEventListener('abort', listener);
    try {
      let next = this.events.findIndex(({ position }) => position > after);
      if (next < 0) next = this.events.length;
      let caughtUp = false;
      while (!signal.aborted) {
        for (; next < this.events.length; next += 1) {
          const event = this.events[next] as Recorded;
          if (ours(event, options)) yield { kind: 'event', event };
          else yield { kind: 'checkpoint', position: event.position };
          if (failure) throw failure;
        }
        if (!caughtUp) yield { kind: 'caught-up' };
        caughtUp = true;
        if (failure) throw failure;
        if (signal.aborted) return;
        if (next === this.events.length) await new Promise<void>((resolve) => (wake = resolve));
        if (failure) throw failure;
      }
    } finally {
      this.listeners.delete(listener);
      signal.removeEventListener('abort', listener);
    }
  }
}

const ours = ({ stream, type }: Recorded, { streams, types }: SubscriptionOptions): boolean =>
  types ? types.includes(type) : streams.some((prefix) => stream.startsWith(prefix));
