import type { StreamScript } from './script.js';
import type { Violation } from './violation.js';
import type { Acknowledged } from './writer-process.js';

/** An event as a client reads it from $all. */
export type Read = {
  position: bigint;
  stream: string;
  revision: number;
  id: string;
  type: string;
  data: unknown;
};

const OVERLAP = 300;

/** Holds what a node gives after each restart against what was sent, what was acknowledged, and what was there before. */
export class Survivors {
  readonly #all: Read[] = [];
  readonly #streams: Map<string, SurvivingStream>;
  #events = 0;
  #appends = 0;

  constructor(scripts: Map<string, StreamScript>) {
    this.#streams = new Map(
      [...scripts].map(([name, script]) => [name, new SurvivingStream(script)] as const),
    );
  }

  get acknowledged(): { appends: number; events: number } {
    return { appends: this.#appends, events: this.#events };
  }

  /** Appends found after a restart of which the writer had not heard: it sends each of them again. */
  get unheard(): number {
    return [...this.#streams.values()].reduce((sum, { unheard }) => sum + unheard, 0);
  }

  /** Where to start to read for the next check: some hundred known events, then the new ones. */
  get from(): bigint {
    return this.#all.at(-OVERLAP)?.position ?? 0n;
  }

  /** `news` is what was acknowledged since the last check, `read` is $all from `from` (or less) to its end. */
  check(news: Acknowledged[], read: Read[]): Violation[] {
    const first = read[0]?.position ?? this.from;
    const known = this.#all.findIndex(({ position }) => position >= first);
    const before = known < 0 ? [] : this.#all.slice(known);
    const violations = [...order(read), ...again(before, read)];
    const added = read.slice(before.length);
    for (const event of added) {
      this.#all.push(event);
      this.#streams.get(event.stream)?.events.push(event);
    }
    for (const append of news) {
      const stream = this.#streams.get(append.stream)!;
      stream.heard.add(append.batch);
      this.#appends++;
      this.#events += stream.script.batch(append.batch).count;
      violations.push(...kept(append, stream.events[append.revision]));
    }
    for (const stream of this.#streams.values()) {
      violations.push(...stream.prefix(), ...stream.batches());
    }
    return violations;
  }
}

/** What of one stream is there. Each event and each batch is looked at once: `again` sees to it that they stay. */
class SurvivingStream {
  readonly events: Read[] = [];
  readonly heard = new Set<number>();
  #seen = 0;
  #wholeBatches = 0;
  unheard = 0;

  constructor(readonly script: StreamScript) {}

  /** The events are a prefix of what was sent. */
  *prefix(): Generator<Violation> {
    for (; this.#seen < this.events.length; this.#seen++) {
      const { revision, id, type, data } = this.events[this.#seen]!;
      const sent = this.script.event(this.#seen);
      const same = id === sent.id && type === sent.type && JSON.stringify(data) === JSON.stringify(sent.data);
      if (revision === this.#seen && same) continue;
      const twice = this.events.slice(0, this.#seen).some((earlier) => earlier.id === id);
      const what = `${this.script.stream}@${this.#seen} is ${id} at ${revision}`;
      return yield { kind: twice ? 'doubled' : 'changed', what };
    }
  }

  /** In whole batches that lie together in $all. */
  *batches(): Generator<Violation> {
    for (; ; this.#wholeBatches++) {
      const { first, count } = this.script.batch(this.#wholeBatches);
      if (first >= this.events.length) return;
      const batch = this.events.slice(first, first + count);
      const together = batch.every(({ position }, n) => position === batch[0]!.position + BigInt(n));
      if (batch.length < count || !together) {
        const what = `${batch.length} of the ${count} events from ${this.script.stream}@${first}`;
        return yield { kind: 'half-batch', what };
      }
      if (!this.heard.has(this.#wholeBatches)) this.unheard++;
    }
  }
}

function* order(read: Read[]): Generator<Violation> {
  for (const [index, { position }] of read.entries()) {
    const before = read[index - 1]?.position ?? 0n;
    if (position <= before) yield { kind: 'disorder', what: `position ${position} follows ${before}` };
  }
}

// The log only grows: what was read before a restart is read after it, at the same places.
function* again(before: Read[], read: Read[]): Generator<Violation> {
  for (const [index, event] of before.entries()) {
    const now = read[index];
    if (!now || identity(now) !== identity(event)) {
      yield { kind: 'moved', what: `${identity(event)} is now ${now ? identity(now) : 'gone'}` };
    }
  }
}

function identity({ position, stream, revision, id }: Read): string {
  return `${stream}@${revision} ${id} at ${position}`;
}

function* kept({ stream, revision, position }: Acknowledged, event: Read | undefined): Generator<Violation> {
  const append = `${stream} up to ${revision}`;
  if (!event) yield { kind: 'lost', what: append };
  else if (event.position !== position) {
    const what = `${append} was acknowledged at ${position}, is at ${event.position}`;
    yield { kind: 'contradiction', what };
  }
}
