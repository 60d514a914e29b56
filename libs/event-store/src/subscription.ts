import {
  type AllStreamSubscription,
  type EventStoreDBClient,
  type AllStreamResolvedEvent,
  type Position,
  type RecordedEvent,
  START,
  eventTypeFilter,
  streamNameFilter,
} from '@eventstore/db-client';
import type { DomainEvent, Recorded } from '#event-sourcing';

/** What a subscription brings, in the order of `$all`. A checkpoint says that nothing of ours came before it. */
export type Delivery<Event extends DomainEvent = DomainEvent> =
  | { kind: 'event'; event: Recorded<Event> }
  | { kind: 'checkpoint'; position: bigint }
  | { kind: 'caught-up' };

export type SubscriptionOptions = {
  /** The last position already seen; `undefined` begins at the beginning. */
  after?: bigint | undefined;
  /** Streams whose names begin with one of these. */
  streams: string[];
  /** Only these types of events, wherever they stand: the streams are not looked at. */
  types?: string[];
  signal: AbortSignal;
};

type Marker = Exclude<Delivery, { kind: 'event' }>;

/** Where events come from: the event store, or whatever delivers the same. */
export type Feed = { subscribe: (options: SubscriptionOptions) => AsyncIterable<Delivery> };

/**
 * Events in order, for as long as the signal lets it: the loop's pace is the subscription's. Ends quietly on abort and
 * throws when the connection breaks; whoever loops subscribes again after its last position.
 */
export async function* subscribe<Event extends DomainEvent>(
  client: EventStoreDBClient,
  decode: (stored: RecordedEvent) => Recorded<Event>,
  { after, streams, types, signal }: SubscriptionOptions,
): AsyncGenerator<Delivery<Event>> {
  if (signal.aborted) return;
  const checkpoints = {
    checkpointInterval: 32,
    checkpointReached: async (on: AllStreamSubscription, position: Position) =>
      mark(on, { kind: 'checkpoint', position: position.commit }),
  };
  const subscription = client.subscribeToAll(
    {
      fromPosition: after === undefined ? START : { commit: after, prepare: after },
      filter: types
        ? eventTypeFilter({ regex: `^(?:${types.join('|')})$`, ...checkpoints })
        : streamNameFilter({ prefixes: streams, ...checkpoints }),
    },
    { highWaterMark: 1_024 },
  );
  subscription.on('caughtUp', () => mark(subscription, { kind: 'caught-up' }));
  const stop = () => subscription.destroy();
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const item of subscription as AsyncIterable<AllStreamResolvedEvent | Marker>) {
      if ('kind' in item) yield item;
      else if (item.event) yield { kind: 'event', event: decode(item.event) };
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', stop);
    await subscription.unsubscribe();
  }
}

// Markers go through the same buffer as the events, so that they keep their place among them.
function mark(subscription: AllStreamSubscription, marker: Marker): void {
  subscription.push(marker);
}
