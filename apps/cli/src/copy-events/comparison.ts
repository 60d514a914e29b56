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

/**
 * Compares two event stores event by event, up to the end of the target or the first difference. What the target wrote by
 * itself about a stream that is written again may stand earlier than in the source: behind the first part of an append that
 * was divided, not behind all of it.
 */
export async function compare(
  source: AsyncIterator<StoredEvent>,
  target: AsyncIterable<StoredEvent>,
  progress: (equal: number, at: Position) => void,
): Promise<Comparison> {
  const original = new Original(source, progress);
  await original.advance();
  let early: StoredEvent | undefined;
  for await (const copy of target) {
    if (early && (await original.takes(early))) early = undefined;
    const passed = early && !describes(early, original.next);
    if (!passed && (await original.takes(copy))) continue;
    if (early || !describes(copy, original.next)) return original.unlike(early ?? copy);
    early = copy;
  }
  if (early && !(await original.brings(early))) return original.unlike(early);
  return original.same;
}

/** The source, as far as the target has been found to be the same. */
class Original {
  next: StoredEvent | undefined;
  #equal = 0;
  #until: Position | undefined;

  constructor(
    private readonly events: AsyncIterator<StoredEvent>,
    private readonly progress: (equal: number, at: Position) => void,
  ) {}

  get same(): Comparison {
    return { equal: this.#equal, until: this.#until, difference: undefined };
  }

  unlike(target: StoredEvent): Comparison {
    return { ...this.same, difference: { target, source: this.next } };
  }

  async advance(): Promise<void> {
    this.next = ((await this.events.next()) as IteratorResult<StoredEvent, undefined>).value;
  }

  /** Whether this is the copy of what comes next; then it is counted. */
  async takes(copy: StoredEvent): Promise<boolean> {
    if (!this.next || !isCopy(copy, this.next)) return false;
    this.#until = this.next.position;
    this.progress(++this.#equal, this.#until);
    await this.advance();
    return true;
  }

  /** Whether this comes at once, or after more events of the stream it describes, of which none is counted. */
  async brings(early: StoredEvent): Promise<boolean> {
    if (await this.takes(early)) return true;
    while (describes(early, this.next)) await this.advance();
    return this.next !== undefined && isCopy(early, this.next);
  }
}

const describes = ({ type, stream }: StoredEvent, described: StoredEvent | undefined): boolean =>
  type === '$metadata' && described !== undefined && stream === `$$${described.stream}`;

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
