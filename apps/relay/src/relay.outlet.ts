import {
  type EventBus,
  type OffsetRange,
  type OutgoingRecord,
  type Publisher,
  RecordTooLarge,
  partitionOf,
} from '#event-bus';
import type { Recorded } from '#event-sourcing';
import type { Checkpoint } from './relay.checkpoints.js';

export type Topic = { name: string; partitions: number };

/** The topic ends before what was acknowledged: its copy has to begin again where it really ends. */
export class TopicShrunk extends Error {
  override readonly name = 'TopicShrunk';

  constructor(topic: string, partition: number) {
    super(`${topic}/${partition} has lost what was acknowledged`);
  }
}

/** An event that cannot be carried, and never will be as it is: somebody has to look. */
export class Uncarriable extends Error {
  constructor(event: Recorded, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`${event.type} (${event.revision}@${event.stream}) cannot be carried: ${reason}`, { cause });
    this.name = 'Uncarriable';
  }
}

export type OutletOptions = {
  topic: Topic;
  /** `previous`: the position of the record before it in its partition. May throw: then the event is uncarriable. */
  toRecord: (event: Recorded, previous: bigint) => OutgoingRecord;
};

type Share = { events: Recorded[]; records: OutgoingRecord[] };

/** Carries events to one topic: in each partition an ordered copy of what belongs there, each record naming the one before. */
export class Outlet {
  constructor(
    private readonly options: OutletOptions,
    private readonly publisher: Publisher,
    /** Of each partition: where its copy ends. */
    private readonly tails: Map<number, Checkpoint>,
  ) {}

  static async open(bus: EventBus, options: OutletOptions, tails: Map<number, Checkpoint>): Promise<Outlet> {
    return new Outlet(options, await bus.openPublisher(options.topic.name), tails);
  }

  get topic(): Topic {
    return this.options.topic;
  }

  /** Resolves with the number of records sent, all of them acknowledged. What a partition has already is left out. */
  async carry(events: Recorded[]): Promise<number> {
    const shares = new Map<number, Share>();
    const uncarriable = this.share(events, shares);
    const sent = [...shares].map(([partition, share]) => this.send(partition, share));
    const counts = await allSettled(sent);
    if (uncarriable) throw uncarriable;
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /** Throws {@link TopicShrunk} where a partition holds less than was acknowledged before `endsOf` is asked. */
  async expectWhole(endsOf: () => Promise<ReadonlyMap<number, OffsetRange>>): Promise<void> {
    const acknowledged = new Map(this.tails);
    const ends = await endsOf();
    for (const [partition, { nextOffset }] of acknowledged) {
      if ((ends.get(partition)?.end ?? 0n) < nextOffset) throw new TopicShrunk(this.topic.name, partition);
    }
  }

  checkpoints(): ReadonlyMap<number, Checkpoint> {
    return this.tails;
  }

  close(): Promise<void> {
    return this.publisher.close();
  }

  private async send(partition: number, { events, records }: Share): Promise<number> {
    if (records.length === 0) return 0;
    try {
      const first = await this.publisher.publish(partition, records);
      if (first < this.tail(partition).nextOffset) throw new TopicShrunk(this.topic.name, partition);
      const nextOffset = first + BigInt(records.length);
      this.tails.set(partition, { nextOffset, position: lastOf(events) });
      return records.length;
    } catch (error) {
      if (!(error instanceof RecordTooLarge)) throw error;
      const index = records.indexOf(error.record);
      await this.send(partition, { events: events.slice(0, index), records: records.slice(0, index) });
      throw new Uncarriable(events[index] as Recorded, error);
    }
  }

  // Up to the first event that cannot be carried: what came before it goes on its way.
  private share(events: Recorded[], shares: Map<number, Share>): Uncarriable | undefined {
    for (const event of events) {
      const partition = partitionOf(event.stream, this.topic.partitions);
      const share = shares.get(partition) ?? { events: [], records: [] };
      const previous = lastOf(share.events, this.tail(partition).position);
      if (event.position <= previous) continue;
      try {
        share.records.push(this.options.toRecord(event, previous));
      } catch (error) {
        return new Uncarriable(event, error);
      }
      share.events.push(event);
      shares.set(partition, share);
    }
    return undefined;
  }

  private tail(partition: number): Checkpoint {
    return this.tails.get(partition) ?? { nextOffset: 0n, position: 0n };
  }
}

const lastOf = (events: Recorded[], otherwise = 0n): bigint => events.at(-1)?.position ?? otherwise;

// The first failure, but only after every send has ended: nothing of a batch is under way when the next attempt begins.
async function allSettled<Value>(work: Promise<Value>[]): Promise<Value[]> {
  await Promise.allSettled(work);
  return Promise.all(work);
}
