import { createHash } from 'node:crypto';

export type ScriptedBatch = {
  /** Its first event's revision. */
  first: number;
  /** 1 to 8 events. */
  count: number;
};
/**
 * How a stream is appended to: one message of a long call each, a call of its own each, several messages of a long call each
 * (all three expecting the exact revision), or expecting `any`, so that only the ids tell a retry.
 */
export type Manner = 'batch' | 'unary' | 'parts' | 'any';
export type ScriptedEvent = { id: string; type: string; data: { run: string; n: number; pad: string } };

const LARGEST_BATCH = 8;
const MANNERS: Manner[] = ['batch', 'unary', 'parts', 'any'];

/**
 * What is sent to one stream, as a function of its name: writer and checker are different processes and must agree on every
 * event without talking. Event n of the stream has revision n.
 */
export class StreamScript {
  readonly #batches: ScriptedBatch[] = [];

  constructor(
    private readonly run: string,
    readonly stream: string,
    readonly manner: Manner,
  ) {}

  batch(index: number): ScriptedBatch {
    while (this.#batches.length <= index) {
      const last = this.#batches.at(-1) ?? { first: 0, count: 0 };
      const count = 1 + (this.#hash(`batch ${this.#batches.length}`).readUInt32BE() % LARGEST_BATCH);
      this.#batches.push({ first: last.first + last.count, count });
    }
    return this.#batches[index]!;
  }

  events({ first, count }: ScriptedBatch): ScriptedEvent[] {
    return Array.from({ length: count }, (_, index) => this.event(first + index));
  }

  event(n: number): ScriptedEvent {
    const hash = this.#hash(`event ${n}`);
    // One in about a hundred spills over several pages of the file.
    const length = hash[0] === 0 ? 10_000 : 20 + (hash.readUInt16BE(1) % 500);
    return {
      id: uuid(hash),
      type: `type-${hash[3]! % 5}`,
      data: {
        run: this.run,
        n,
        pad: hash
          .toString('base64')
          .repeat(1 + length / 28)
          .slice(0, length),
      },
    };
  }

  #hash(what: string): Buffer {
    return createHash('sha1').update(`${this.run} ${this.stream} ${what}`).digest();
  }
}

/** The streams of a run, by name: as many of each manner. */
export function scripts(run: string, streams: number): Map<string, StreamScript> {
  const all = Array.from({ length: streams }, (_, index) => {
    const manner = MANNERS[index % MANNERS.length]!;
    return new StreamScript(run, `${run}-${manner}-${index}`, manner);
  });
  return new Map(all.map((script) => [script.stream, script]));
}

function uuid(hash: Buffer): string {
  const hex = hash.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
