import { Injectable } from '@nestjs/common';
import { EventStore } from '#event-store';
import { publishedStreams } from '#public-events';
import { Publishing } from './publishing.js';
import { type Stretch, Tail } from './tail.js';

const stretch = 64; // events

/** Everything that is public, in the order of `$all`: from the tail, or where that does not reach from the event store. */
@Injectable()
export class PublicLog {
  constructor(
    private readonly store: EventStore,
    private readonly publishing: Publishing,
    private readonly tail: Tail,
  ) {}

  /** The position of now. Throws where the event store cannot be asked. */
  async now(): Promise<bigint> {
    await this.tail.open();
    return this.tail.head;
  }

  /** Whether anything was recorded at the position or after it. */
  async reaches(position: bigint): Promise<boolean> {
    if (position <= this.tail.head) return true;
    // The tail may be a moment behind.
    return position <= ((await this.store.head())?.position ?? -1n);
  }

  /**
   * Every event after the position, for as long as the signal lets it, at the pace of the loop: nothing is kept for whoever is
   * slow. Throws when the event store goes away while it is needed.
   */
  async *follow(after: bigint, signal: AbortSignal): AsyncGenerator<Stretch> {
    let position = after;
    while (!signal.aborted) {
      if (position < this.tail.floor) {
        for await (const part of this.past(position, signal)) {
          yield part;
          ({ position } = part);
          if (position >= this.tail.floor) break;
        }
        continue;
      }
      const part = this.tail.after(position, stretch);
      if (part) yield part;
      else await this.tail.wait(signal);
      position = part?.position ?? position;
    }
  }

  private async *past(after: bigint, signal: AbortSignal): AsyncGenerator<Stretch> {
    // All up to here is stored already: a subscription that has caught up was there, though nothing public may have been.
    const { floor } = this.tail;
    let position = after;
    const deliveries = this.store.subscribe({
      after: after < 0n ? undefined : after,
      streams: publishedStreams,
      signal,
    });
    for await (const delivery of deliveries) {
      const event = delivery.kind === 'event' ? delivery.event : undefined;
      const reached = event?.position ?? (delivery.kind === 'checkpoint' ? delivery.position : floor);
      if (reached > position) position = reached;
      yield { events: event ? [await this.publishing.publish(event)] : [], position };
    }
  }
}
