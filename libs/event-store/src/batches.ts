import type { Recorded } from '#event-sourcing';
import type { Delivery, Feed, SubscriptionOptions } from './subscription.js';

/** Events in order, and the position up to which nothing else of ours was stored. */
export type Batch = {
  events: Recorded[];
  position: bigint;
  /** When the last of them was recorded (ISO 8601, UTC). */
  recordedAt: string | undefined;
  /** Everything stored when the subscription began, or later, is in this batch or before it. */
  caughtUp: boolean;
};

/** The subscription ended with an error. */
export class FeedBroken extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : 'the subscription failed', { cause });
    this.name = 'FeedBroken';
  }
}

/**
 * Collects what a subscription brings while the batch before is being written, and hands out whatever has arrived. Holds at
 * most two batches: after that the subscription waits.
 */
export class Batches {
  private arrived: Delivery[] = [];
  private ended = false;
  private failure: FeedBroken | undefined;
  private wakeTaker: () => void = () => {};
  private wakePump: () => void = () => {};
  private readonly leaving = new AbortController();

  constructor(
    feed: Feed,
    { signal, ...options }: SubscriptionOptions,
    private readonly limit: number,
  ) {
    void this.pump(feed.subscribe({ ...options, signal: AbortSignal.any([signal, this.leaving.signal]) }));
  }

  /** Until the subscription ends or the loop is left; either way nothing of it stays behind. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Batch> {
    try {
      for (let batch = await this.take(); batch; batch = await this.take()) yield batch;
    } finally {
      this.close();
    }
  }

  /** When the oldest event that is waiting here was recorded (ISO 8601, UTC). */
  get oldest(): string | undefined {
    const event = this.arrived.find((delivery) => delivery.kind === 'event');
    return event?.event.recordedAt;
  }

  /** Whether a whole batch is waiting. */
  get full(): boolean {
    return this.arrived.length >= this.limit;
  }

  /**
   * The next batch, `undefined` when the subscription has ended. Throws {@link FeedBroken} once everything before is taken.
   */
  private async take(): Promise<Batch | undefined> {
    while (this.arrived.length === 0) {
      if (this.failure) throw this.failure;
      if (this.ended) return undefined;
      await new Promise<void>((wake) => (this.wakeTaker = wake));
    }
    const taken = this.arrived.splice(0, this.limit);
    this.wakePump();
    return batchOf(taken);
  }

  private close(): void {
    this.leaving.abort();
    this.wakePump();
  }

  private async pump(deliveries: AsyncIterable<Delivery>): Promise<void> {
    try {
      for await (const delivery of deliveries) {
        this.arrived.push(delivery);
        this.wakeTaker();
        while (this.arrived.length >= 2 * this.limit && !this.leaving.signal.aborted) {
          await new Promise<void>((wake) => (this.wakePump = wake));
        }
        if (this.leaving.signal.aborted) break;
      }
    } catch (error) {
      this.failure = new FeedBroken(error);
    }
    this.ended = true;
    this.wakeTaker();
  }
}

function batchOf(deliveries: Delivery[]): Batch {
  const events: Recorded[] = [];
  let position = -1n;
  let caughtUp = false;
  for (const delivery of deliveries) {
    if (delivery.kind === 'event') {
      events.push(delivery.event);
      position = delivery.event.position;
    } else if (delivery.kind === 'checkpoint') {
      position = delivery.position > position ? delivery.position : position;
    } else {
      caughtUp = true;
    }
  }
  return { events, position, recordedAt: events.at(-1)?.recordedAt, caughtUp };
}
