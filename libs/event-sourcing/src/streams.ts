import type { DomainEvent } from './decider.js';
import type { EventToAppend, Recorded } from './event.js';

export type ExpectedRevision = bigint | 'no_stream';
export type Appended = { revision: bigint; position: bigint };

/** The two verbs a command needs of an event store. */
export type Streams = {
  /** The whole stream, oldest first; empty when it does not exist. */
  read: <Event extends DomainEvent>(stream: string) => Promise<Recorded<Event>[]>;
  /** Durable when it resolves. Throws {@link LostRace} when the stream is no longer where it was expected, {@link NotWritten} when there is no room. */
  append: (stream: string, expected: ExpectedRevision, events: EventToAppend[]) => Promise<Appended>;
};

/** Somebody else appended first. */
export class LostRace extends Error {
  constructor(readonly stream: string) {
    super(`${stream} has moved on`);
    this.name = 'LostRace';
  }
}

/** The store has no room or may not write: nothing was stored, and the same append may succeed later. */
export class NotWritten extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'NotWritten';
  }
}
