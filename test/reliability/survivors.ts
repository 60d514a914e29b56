import type { Acknowledged } from './writer-process.js';
import type { StreamScript } from './script.js';

/** An event as a client reads it from $all. */
export type Read = {
  position: bigint;
  stream: string;
  revision: number;
  id: string;
  type: string;
  data: unknown;
};

export type Violation = {
  kind: 'lost' | 'moved' | 'disorder' | 'changed' | 'half-batch' | 'contradiction';
  what: string;
};

const OVERLAP = 300;

/** Holds what a node gives after each restart against what was sent, what was acknowledged, and what was there before. */
export class Survivors {
  #before: Read[] = [];
  readonly #acknowledged: Acknowledged[] = [];

  constructor(private readonly scripts: Map<string, StreamScript>) {}

  get acknowledged(): { appends: number; events: number } {
    const events = this.#acknowledged.reduce(
      (sum, { stream, batch }) => sum + this.scripts.get(stream)!.batch(batch).count,
      0,
    );
    return { appends: this.#acknowledged.length, events };
  }

  /** Where to start to read for the next check: some hundred known events, then the new ones. */
  get from(): bigint {
    return this.#before.at(-OVERLAP)?.position ?? 0n;
  }

  /** `news` is what was acknowledged since the last check, `read` is $all from `from` (or less) to its end. */
  check(news: Acknowledged[], read: Read[]): Violation[] {
    this.#acknowledged.push(...news);
    const first = read[0]?.position ?? this.from;
    const known = this.#before.findIndex(({ position }) => position >= first);
    const all = known < 0 ? read : [...this.#before.slice(0, known), ...read];
    const violations = [...order(all), ...again(this.#before, all)];
    this.#before = all;
    const streams = Map.groupBy(all, ({ stream }) => stream);
    for (const script of this.scripts.values()) {
      violations.push(...prefix(script, streams.get(script.stream) ?? []));
    }
    for (const append of this.#acknowledged) {
      violations.push(...kept(append, streams.get(append.stream)?.[append.revision]));
    }
    return violations;
  }
}

function* order(all: Read[]): Generator<Violation> {
  for (const [index, { position }] of all.entries()) {
    const before = all[index - 1]?.position ?? 0n;
    if (position <= before) yield { kind: 'disorder', what: `position ${position} follows ${before}` };
  }
}

// The log only grows: what was read before a restart is read after it, at the same places.
function* again(before: Read[], all: Read[]): Generator<Violation> {
  for (const [index, event] of before.entries()) {
    const now = all[index];
    if (now !== event && (!now || identity(now) !== identity(event))) {
      yield { kind: 'moved', what: `${identity(event)} is now ${now ? identity(now) : 'gone'}` };
    }
  }
}

function identity({ position, stream, revision, id }: Read): string {
  return `${stream}@${revision} ${id} at ${position}`;
}

// A prefix of what was sent to the stream, event by event, in whole batches that lie together in $all.
function* prefix(script: StreamScript, events: Read[]): Generator<Violation> {
  const at = (n: number): string => `${script.stream}@${n}`;
  for (const [n, { revision, id, type, data }] of events.entries()) {
    const sent = script.event(n);
    const same = id === sent.id && type === sent.type && JSON.stringify(data) === JSON.stringify(sent.data);
    if (revision !== n || !same) return yield { kind: 'changed', what: `${at(n)} is ${id} at ${revision}` };
  }
  for (let index = 0; script.batch(index).first < events.length; index++) {
    const { first, count } = script.batch(index);
    const batch = events.slice(first, first + count);
    const together = batch.every(({ position }, n) => position === batch[0]!.position + BigInt(n));
    if (batch.length < count || !together) {
      yield { kind: 'half-batch', what: `${batch.length} of the ${count} events from ${at(first)}` };
    }
  }
}

function* kept({ stream, revision, position }: Acknowledged, event: Read | undefined): Generator<Violation> {
  const append = `${stream} up to ${revision}`;
  if (!event) yield { kind: 'lost', what: append };
  else if (event.position !== position) {
    yield {
      kind: 'contradiction',
      what: `${append} was acknowledged at ${position}, is at ${event.position}`,
    };
  }
}
