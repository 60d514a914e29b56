import type { Recorded } from '#event-sourcing';
import type { Delivery } from '#event-store';
import { FeedBroken } from './feed.js';
import type { Batch } from './projector.js';

export type TakenBatch = Batch & {
  /** Everything stored when the subscription began, or later, is in this batch or before it. */
  caughtUp: boolean;
};

/**
 * Collects what a subscription brings while the batch before is being written, and hands out whatever has arrived. Holds at
 * most two batches: after that the subscription waits.
 */
export class Batches {
  private arrived: Delivery[] = [];
  private ended = false;
  private closed = false;
  private failure: FeedBroken | undefined;
  private wakeTaker: () => void = () => {};
  private wakePump: () => void = () => {};

  constructor(
    deliveries: AsyncIterable<Delivery>,
    private readonly limit: number,
  ) {
    void this.pump(deliveries);
  }

  /**
   * The next batch, `undefined` when the subscription has ended. Throws {@link FeedBroken} once everything before is taken.
   */
  async take(): Promise<TakenBatch | undefined> {
    while (this.arrived.length === 0) {
      if (this.failure) throw this.failure;
      if (this.ended) return undefined;
      await new Promise<void>((wake) => (this.wakeTaker = wake));
    }
    const taken = this.arrived.splice(0, this.limit);
    this.wakePump();
    return batchOf(taken);
  }

  /** When the oldest event that is waiting here was recorded (ISO 8601, UTC). */
  get oldest(): string | undefined {
    const event = this.arrived.find((delivery) => delivery.kind === 'event');
    return event?.event.recordedAt;
  }

  /** Takes no more from the subscription. */
  close(): void {
    this.closed = true;
    this.wakePump();
  }

  private async pump(deliveries: AsyncIterable<Delivery>): Promise<void> {
    try {
      for await (const delivery of deliveries) {
        this.arrived.push(delivery);
        this.wakeTaker();
        while (this.arrived.length >= 2 * this.limit && !this.closed) {
          await new Promise<void>((wake) => (this.wakePump = wake));
        }
        if (this.closed) break;
      }
    } catch (error) {
      this.failure = new FeedBroken(error);
    }
    this.ended = true;
    this.wakeTaker();
  }
}

function batchOf(deliveries: Delivery[]): TakenBatch {
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
