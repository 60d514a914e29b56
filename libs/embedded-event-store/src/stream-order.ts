import { TOMBSTONE } from './recorded-event.js';
import type { Damage } from './store-damage.js';
import { parseStreamMetadata } from './stream-metadata.js';
import { describedBy, isMetastream } from './stream.js';

type Placed = { position: number; stream: number; name: string; revision: number; data: Uint8Array };
type Seen = { name: string; first: number; firstPosition: number; last: number };

/** Follows $all event by event and finds what is missing or out of order in it and in every stream. */
export class StreamOrder {
  readonly #streams = new Map<number, Seen>();
  readonly #truncated = new Map<string, number>();
  #last = 0;

  /** What is wrong with the place of this event, seen after all before it. */
  next({ position, stream, name, revision, data }: Placed): Damage[] {
    const found: Damage[] = [];
    if (position !== this.#last + 1)
      found.push(hole('missing-position', this.#last + 1, position, { position }));
    this.#last = position;
    if (isMetastream(name)) this.#note(name, data);
    const seen = this.#streams.get(stream);
    if (!seen) {
      // Without any event before it only a tombstone begins elsewhere than at 0.
      this.#streams.set(stream, {
        name,
        first: revision === TOMBSTONE ? 0 : revision,
        firstPosition: position,
        last: revision,
      });
      return found;
    }
    const damage = follows(seen, revision, position);
    if (damage) found.push(damage);
    seen.last = Math.max(seen.last, revision);
    return found;
  }

  /** What is only known at the end: whether streams that do not begin at 0 were truncated up to there. */
  end(): Damage[] {
    return [...this.#streams.values()]
      .filter(({ name, first }) => first > (this.#truncated.get(name) ?? 0))
      .map(({ name, first, firstPosition: position }) =>
        hole('missing-revision', 0, first, { stream: name, position }),
      );
  }

  /** How many streams there were so far. */
  get streams(): number {
    return this.#streams.size;
  }

  #note(metastream: string, data: Uint8Array): void {
    const stream = describedBy(metastream);
    const { truncateBefore = 0 } = parseStreamMetadata(data);
    this.#truncated.set(stream, Math.max(truncateBefore, this.#truncated.get(stream) ?? 0));
  }
}

function follows({ name: stream, last }: Seen, revision: number, position: number): Damage | undefined {
  const at = { stream, position };
  if (last === TOMBSTONE) {
    return { kind: 'written-after-end', ...at, detail: `revision ${revision} follows the end of the stream` };
  }
  if (revision <= last) {
    return { kind: 'disordered-revision', ...at, detail: `revision ${revision} follows revision ${last}` };
  }
  if (revision === TOMBSTONE || revision === last + 1) return undefined;
  return hole('missing-revision', last + 1, revision, at);
}

function hole(
  kind: 'missing-position' | 'missing-revision',
  from: number,
  until: number,
  at: { stream?: string; position: number },
): Damage {
  const what = kind === 'missing-position' ? 'position' : 'revision';
  const detail =
    until - from === 1 ? `${what} ${from} is missing` : `${what}s ${from} to ${until - 1} are missing`;
  return { kind, ...at, detail };
}
