import { Failure } from '../failure.js';
import { carriedEvents } from './all.events.js';
import { isCopy } from './comparison.js';
import { isDated, metadataToCarry, sizeOf } from './recorded-at.js';
import { type Position, type StoredEvent, deletesStream, endsStream, isMetastream } from './stored.event.js';
import type { Wire } from './wire.js';

export type Copied = {
  events: number;
  /** Events whose metadata has no room for the time of their first recording. */
  undated: number;
};
export type CopyOptions = { progress: (copied: number, at: Position) => void; signal: AbortSignal };

// An EventStoreDB refuses appends beyond 1 MiB; one event alone may be as large as it lets it.
const APPEND_BYTES = 512 * 1024;
const APPEND_EVENTS = 500;

/**
 * Appends to the target what the source has after a position, in the order of $all. One append is on its way at a time,
 * though the next events are being read meanwhile: if the first of two failed and the second did not, the target would have a
 * hole that nothing can fill, since nobody can write before what is written. Events of one stream that follow each other
 * go in one append. So the target is a beginning of the source at every moment, whatever happens.
 */
export async function copyEvents(
  source: Wire,
  target: Wire,
  after: Position | undefined,
  { progress, signal }: CopyOptions,
): Promise<Copied> {
  const copied: Copied = { events: 0, undated: 0 };
  for await (const run of runs(carriedEvents(source, after))) {
    signal.throwIfAborted();
    await carry(target, run);
    copied.events += run.length;
    copied.undated += run.filter(({ metadata }) => !isDated(metadata)).length;
    progress(copied.events, run.at(-1)!.position);
  }
  return copied;
}

/** Events that go in one append: they follow each other in one stream, and are not too many. */
async function* runs(events: AsyncIterable<StoredEvent>): AsyncGenerator<StoredEvent[]> {
  let run: StoredEvent[] = [];
  let bytes = 0;
  for await (const original of events) {
    const event = { ...original, metadata: metadataToCarry(original) };
    const size = sizeOf(event);
    const joins = joinable(run.at(-1), event) && run.length < APPEND_EVENTS && bytes + size <= APPEND_BYTES;
    if (!joins && run.length > 0) {
      yield run;
      run = [];
      bytes = 0;
    }
    run.push(event);
    bytes += size;
  }
  if (run.length > 0) yield run;
}

// Metadata goes one by one: the store may answer one with another of its own.
const joinable = (before: StoredEvent | undefined, event: StoredEvent): boolean =>
  before?.stream === event.stream && !isMetastream(event.stream) && !endsStream(event);

async function carry(target: Wire, run: StoredEvent[]): Promise<void> {
  const [first] = run as [StoredEvent];
  const { stream } = first;
  if (endsStream(first)) return target.tombstone(stream);
  if (deletesStream(first)) return target.softDelete(stream.slice(2));
  if (await target.append(stream, run)) return;
  if (isMetastream(stream)) {
    const newest = await target.newest(stream);
    if (newest && isCopy(newest, first)) return; // the target wrote it by itself
  }
  throw new Failure(
    `The target's ${stream} does not end before revision ${first.revision}: somebody else writes there, or the source ` +
      'lost the beginning of this stream in a scavenge, and its revisions cannot be kept.',
  );
}
