import type { EventLog } from './log.js';
import { ONE } from './page-size.js';
import { TOMBSTONE } from './recorded-event.js';
import { METASTREAM, parseStreamMetadata, type StreamMetadata } from './stream-metadata.js';

/** What is known of one stream, kept in memory between calls. */
export type Stream = {
  readonly name: string;
  /** Its number in the log; 0 until its first event. */
  number: number;
  /** Newest revision; -1 when it never had an event, TOMBSTONE when it is deleted for ever. */
  last: number;
  metadata: StreamMetadata | undefined;
};

const GENERATION = 10_000;
const LONGEST_KEPT = 1_000; // characters: anybody may ask for longer names, and for as many as he likes

/** The streams, by name; those asked for of late stay in memory, unless their names are long. */
export class Streams {
  // What is asked for moves to the younger generation, and the elder is let go whole: a Map whose oldest entry is taken out
  // one by one looks for the next one past all that have left.
  #young = new Map<string, Stream>();
  #old = new Map<string, Stream>();

  constructor(private readonly log: EventLog) {}

  get(name: string): Stream {
    const young = this.#young.get(name);
    if (young) return young;
    const stream = this.#old.get(name) ?? this.#stored(name);
    if (name.length > LONGEST_KEPT) return stream;
    this.#young.set(name, stream);
    if (this.#young.size >= GENERATION) [this.#old, this.#young] = [this.#young, new Map()];
    return stream;
  }

  #stored(name: string): Stream {
    const number = this.log.streamNumber(name) ?? 0;
    const last = number === 0 ? -1 : this.log.lastRevision(number);
    return { name, number, last, metadata: undefined };
  }

  /** Forgets everything: after a transaction that failed, memory is ahead of the disk. */
  forget(): void {
    this.#young.clear();
    this.#old.clear();
  }

  /** What the newest event of the stream's metadata stream says. */
  metadata(stream: Stream): StreamMetadata {
    stream.metadata ??= isMetastream(stream.name)
      ? METASTREAM
      : parseStreamMetadata(this.metadataBytes(stream));
    return stream.metadata;
  }

  /** The data of the newest metadata event; empty when there is none. */
  metadataBytes(stream: Stream): Uint8Array {
    const { number, last } = this.get(metastreamOf(stream.name));
    if (last < 0 || last === TOMBSTONE) return new Uint8Array();
    return this.log.backwards(number, last, ONE)[0]?.data ?? new Uint8Array();
  }

  /** Deleted for ever, itself or (a metadata stream) the stream it describes. */
  isTombstoned(stream: Stream): boolean {
    if (stream.last === TOMBSTONE) return true;
    return isMetastream(stream.name) && this.get(describedBy(stream.name)).last === TOMBSTONE;
  }

  isSoftDeleted(stream: Stream): boolean {
    return this.metadata(stream).truncateBefore === TOMBSTONE;
  }
}

export function isMetastream(name: string): boolean {
  return name.startsWith('$$');
}

export function metastreamOf(name: string): string {
  return `$$${name}`;
}

/** The stream that a metadata stream describes. */
export function describedBy(metastream: string): string {
  return metastream.slice(2);
}
