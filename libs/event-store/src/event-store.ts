import {
  BACKWARDS,
  END,
  EventStoreDBClient,
  NO_STREAM,
  type RecordedEvent,
  StreamNotFoundError,
  WrongExpectedVersionError,
  jsonEvent,
} from '@eventstore/db-client';
import {
  type Appended,
  type DomainEvent,
  type EventToAppend,
  type ExpectedRevision,
  LostRace,
  type Recorded,
  type Streams,
} from '#event-sourcing';
import { type Upcasts, decoded, recorded } from './recorded.js';
import { type Delivery, type SubscriptionOptions, subscribe } from './subscription.js';

const utf8 = new TextEncoder();

/** EventStoreDB behind two verbs, read and append, plus subscribe. */
export class EventStore implements Streams {
  private constructor(
    private readonly client: EventStoreDBClient,
    private readonly decode: <Event extends DomainEvent>(stored: RecordedEvent) => Recorded<Event>,
  ) {}

  /**
   * `connectionString` as EventStoreDB writes it, e.g. `esdb://host:2113?tls=false`; connects with the first call. With
   * upcasts `as-stored` events keep the shape they were stored in: for whoever carries them on.
   */
  static connect(connectionString: string, upcasts: Upcasts | 'as-stored'): EventStore {
    const client = EventStoreDBClient.connectionString(connectionString);
    if (upcasts === 'as-stored') return new EventStore(client, decoded as never);
    return new EventStore(client, (stored) => recorded(stored, upcasts));
  }

  async read<Event extends DomainEvent>(stream: string): Promise<Recorded<Event>[]> {
    const events: Recorded<Event>[] = [];
    try {
      for await (const { event } of this.client.readStream(stream)) {
        if (event) events.push(this.decode<Event>(event));
      }
    } catch (error) {
      if (error instanceof StreamNotFoundError) return [];
      throw error;
    }
    return events;
  }

  async append(stream: string, expected: ExpectedRevision, events: EventToAppend[]): Promise<Appended> {
    const stored = events.map(({ id, type, data, metadata }) =>
      // Metadata as bytes: the client would turn its JSON into base64 and back, one character at a time.
      jsonEvent({ id, type, data: { ...data }, metadata: utf8.encode(JSON.stringify(metadata)) }),
    );
    const expectedRevision = expected === 'no_stream' ? NO_STREAM : expected;
    try {
      const { nextExpectedRevision, position } = await this.client.appendToStream(stream, stored, {
        expectedRevision,
      });
      return { revision: nextExpectedRevision, position: position?.commit ?? 0n };
    } catch (error) {
      if (error instanceof WrongExpectedVersionError) throw new LostRace(stream);
      throw error;
    }
  }

  subscribe<Event extends DomainEvent = DomainEvent>(
    options: SubscriptionOptions,
  ): AsyncGenerator<Delivery<Event>> {
    return subscribe<Event>(this.client, this.decode, options);
  }

  /** The position and time of recording (ISO 8601, UTC) of the last event of all; `undefined` in an empty store. */
  async head(): Promise<{ position: bigint; recordedAt: string } | undefined> {
    const newest = this.client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1 });
    let head: { position: bigint; recordedAt: string } | undefined;
    // To the end: the client cannot dispose of a read that was left half-way.
    for await (const { event } of newest) {
      if (event?.position)
        head = { position: event.position.commit, recordedAt: event.created.toISOString() };
    }
    return head;
  }

  /** Rejects when the store cannot be read. */
  async check(): Promise<void> {
    await this.head();
  }

  async dispose(): Promise<void> {
    await this.client.dispose();
  }
}
