import { isDeepStrictEqual } from 'node:util';
import { metadataToCarry } from './recorded-at.js';
import { type Position, type StoredEvent, endsStream, isMetastream, text } from './stored.event.js';

export type Comparison = {
  /** Events that are the same on both sides, from the beginning. */
  equal: number;
  /** The source's position after them. */
  until: Position | undefined;
  /** The first place where the target has something else; `source` is undefined where the source has nothing more. */
  difference: { target: StoredEvent; source: StoredEvent | undefined } | undefined;
};

/** Compares two event stores event by event, up to the end of the target or the first difference. */
export async function compare(
  source: AsyncIterator<StoredEvent>,
  target: AsyncIterable<StoredEvent>,
  progress: (equal: number, at: Position) => void,
): Promise<Comparison> {
  const comparison: Comparison = { equal: 0, until: undefined, difference: undefined };
  for await (const copy of target) {
    const original = (await source.next()) as IteratorResult<StoredEvent, undefined>;
    if (original.done || !isCopy(copy, original.value)) {
      return { ...comparison, difference: { target: copy, source: original.value } };
    }
    comparison.equal += 1;
    comparison.until = original.value.position;
    progress(comparison.equal, original.value.position);
  }
  return comparison;
}

/** Whether one event is the other, carried over: everything but the place in $all and the time of recording is the same. */
export function isCopy(copy: StoredEvent, original: StoredEvent): boolean {
  if (copy.stream !== original.stream || copy.revision !== original.revision || copy.type !== original.type)
    return false;
  if (isStoresOwn(copy, original)) return true;
  return (
    copy.id === original.id &&
    copy.json === original.json &&
    Buffer.compare(copy.data, original.data) === 0 &&
    Buffer.compare(copy.metadata, metadataToCarry(original)) === 0
  );
}

// What a store writes by itself when a stream is deleted, or written again after that, has an id of its own on each side.
function isStoresOwn(copy: StoredEvent, original: StoredEvent): boolean {
  if (endsStream(original)) return true;
  if (copy.id === original.id || copy.type !== '$metadata' || !isMetastream(copy.stream)) return false;
  return isDeepStrictEqual(exactly(copy.data), exactly(original.data));
}

// Numbers as they are written: the largest $tb is beyond what a JavaScript number can say.
function exactly(data: Uint8Array): unknown {
  try {
    return JSON.parse(text(data), function (this: unknown, _, value: unknown, context?: { source: string }) {
      return typeof value === 'number' && context ? `number ${context.source}` : value;
    } as (key: string, value: unknown) => unknown);
  } catch {
    return text(data);
  }
}
