import { randomBytes } from 'node:crypto';
import type { CommitQueue } from './commit-queue.js';
import type { EventLog } from './log.js';
import { TOMBSTONE, type ProposedEvent } from './recorded-event.js';
import { checkRevision, type CheckedStream, type Expected } from './revision-check.js';
import { SOFT_DELETE, withTruncateBefore } from './stream-metadata.js';
import { describedBy, isMetastream, metastreamOf, type Stream, type Streams } from './stream.js';

/** `revision` is -1 and `position` undefined where there is none to tell (nothing given to append). */
export type Outcome =
  | { kind: 'written'; revision: number; position: number | undefined }
  | { kind: 'wrong-version'; current: number }
  | { kind: 'stream-deleted' };

/** Called once: after the commit with the outcome, or with the error that kept it from being written. */
export type Answer = (error: Error | undefined, outcome?: Outcome) => void;

const PER_EVENT_BYTES = 200;

/** The three ways to write. Each is checked and applied inside the shared transaction, in the order of asking. */
export class Writer {
  constructor(
    private readonly log: EventLog,
    private readonly streams: Streams,
    private readonly queue: CommitQueue,
  ) {}

  append(name: string, expected: Expected, events: ProposedEvent[], answer: Answer): void {
    const ids = events.map(({ id }) => id);
    const size = events.reduce(
      (sum, { data, metadata }) => sum + data.length + metadata.length + PER_EVENT_BYTES,
      0,
    );
    this.#queue(size, name, expected, ids, answer, (stream) => this.#append(stream, events));
  }

  /** Hides all events: a metadata event with `$tb` beyond every revision. The next append continues the revisions. */
  softDelete(name: string, expected: Expected, answer: Answer): void {
    this.#queue(PER_EVENT_BYTES, name, expected, [newId()], answer, (stream) => {
      const metastream = this.streams.get(metastreamOf(name));
      if (metastream.last === TOMBSTONE) return { kind: 'stream-deleted' };
      if (stream.last < 0 && metastream.last < 0) return { kind: 'wrong-version', current: -1 };
      return {
        kind: 'written',
        revision: stream.last,
        position: this.#write(metastream, [metadataEvent(SOFT_DELETE)]),
      };
    });
  }

  /** Ends the stream for ever. */
  tombstone(name: string, expected: Expected, answer: Answer): void {
    this.#queue(PER_EVENT_BYTES, name, expected, [newId()], answer, (stream) => {
      const revision = stream.last;
      stream.last = TOMBSTONE - 1;
      const empty = new Uint8Array();
      const end = { id: newId(), type: '$streamDeleted', json: false, metadata: empty, data: empty };
      return { kind: 'written', revision, position: this.#write(stream, [end]) };
    });
  }

  #queue(
    size: number,
    name: string,
    expected: Expected,
    ids: Uint8Array[],
    answer: Answer,
    write: (stream: Stream) => Outcome,
  ): void {
    const work = (): (() => void) => {
      const stream = this.streams.get(name);
      const verdict = checkRevision(this.#checked(stream), expected, ids);
      let outcome: Outcome;
      if (verdict.kind === 'append') outcome = write(stream);
      else if (verdict.kind === 'already-written') outcome = { ...verdict, kind: 'written' };
      else if (verdict.kind === 'wrong-version') outcome = { kind: 'wrong-version', current: stream.last };
      else outcome = { kind: 'stream-deleted' };
      return () => answer(undefined, outcome);
    };
    this.queue.add(size, work, answer);
  }

  #append(stream: Stream, events: ProposedEvent[]): Outcome {
    if (events.length === 0) return { kind: 'written', revision: stream.last, position: undefined };
    const first = stream.last + 1;
    const described = isMetastream(stream.name) ? this.streams.get(describedBy(stream.name)) : undefined;
    const revives = this.streams.isSoftDeleted(stream);
    const revivesDescribed = described !== undefined && this.streams.isSoftDeleted(described);
    const position = this.#write(stream, events);
    const revision = stream.last;
    if (revives) this.#revive(stream, first);
    if (revivesDescribed) this.#revive(described, described.last + 1);
    return { kind: 'written', revision, position };
  }

  // A soft-deleted stream that is written again shows its new events only; its other metadata stays.
  #revive(stream: Stream, from: number): void {
    const data = withTruncateBefore(this.streams.metadataBytes(stream), from);
    if (data) this.#write(this.streams.get(metastreamOf(stream.name)), [metadataEvent(data)]);
  }

  #write(stream: Stream, events: ProposedEvent[]): number {
    if (stream.number === 0) stream.number = this.log.addStream(stream.name);
    const created = Date.now();
    let position = 0;
    for (const event of events) {
      // A revision beyond is written, but never read again, and neither is any page of $all with it.
      if (stream.last >= TOMBSTONE) throw new RangeError(`The stream ${stream.name} has ended.`);
      position = this.log.insert(stream.number, ++stream.last, created, event);
    }
    if (isMetastream(stream.name)) this.streams.get(describedBy(stream.name)).metadata = undefined;
    return position;
  }

  #checked(stream: Stream): CheckedStream {
    return {
      last: stream.last,
      tombstoned: this.streams.isTombstoned(stream),
      softDeleted: () => this.streams.isSoftDeleted(stream),
      described: () => this.streams.get(metastreamOf(stream.name)).last >= 0,
      find: (id) => (stream.number === 0 ? undefined : this.log.find(stream.number, id)),
      at: (revision) => this.log.idAt(stream.number, revision),
    };
  }
}

export function metadataEvent(data: Uint8Array): ProposedEvent {
  return { id: newId(), type: '$metadata', json: true, metadata: new Uint8Array(), data };
}

/** A random UUID, version 4. */
function newId(): Buffer {
  const id = randomBytes(16);
  id[6] = (id[6]! & 0x0f) | 0x40;
  id[8] = (id[8]! & 0x3f) | 0x80;
  return id;
}
