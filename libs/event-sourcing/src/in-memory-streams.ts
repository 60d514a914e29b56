import type { DomainEvent } from './decider.js';
import type { EventToAppend, Recorded } from './event.js';
import { type Appended, type ExpectedRevision, LostRace, type Streams } from './streams.js';

/** Streams in a map, for specs: the same contract as the event store, nothing durable. */
export class InMemoryStreams implements Streams {
  readonly all: Recorded[] = [];

  constructor(private readonly now: () => string = () => new Date().toISOString()) {}

  async read<Event extends DomainEvent>(stream: string): Promise<Recorded<Event>[]> {
    return this.of(stream) as Recorded<Event>[];
  }

  // Nothing is awaited between looking and storing: else two appends at once would both find what they expect.
  async append(stream: string, expected: ExpectedRevision, events: EventToAppend[]): Promise<Appended> {
    const length = BigInt(this.of(stream).length);
    if (length !== (expected === 'no_stream' ? 0n : expected + 1n)) throw new LostRace(stream);
    for (const [index, event] of events.entries()) {
      const recordedAt = event.metadata.recordedAt ?? this.now();
      this.all.push({
        ...(JSON.parse(JSON.stringify(event)) as EventToAppend),
        stream,
        revision: length + BigInt(index),
        position: BigInt(this.all.length + 1),
        recordedAt,
        occurredAt: event.metadata.occurredAt ?? recordedAt,
      });
    }
    return { revision: length + BigInt(events.length) - 1n, position: BigInt(this.all.length) };
  }

  private of(stream: string): Recorded[] {
    return this.all.filter((event) => event.stream === stream);
  }
}
