import type { Delivery, SubscriptionOptions } from '#event-store';

/** Where events come from: the event store's subscription, or whatever delivers the same. */
export type Feed = { subscribe: (options: SubscriptionOptions) => AsyncIterable<Delivery> };

/** The subscription ended with an error. */
export class FeedBroken extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : 'the subscription failed', { cause });
    this.name = 'FeedBroken';
  }
}
