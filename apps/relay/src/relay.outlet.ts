import { type EventBus, type OutgoingRecord, type Publisher, partitionOf } from '#event-bus';
import type { Recorded } from '#event-sourcing';
import type { Checkpoint } from './relay.checkpoints.js';

export type Topic = { name: string; partitions: number };

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

type Share = { records: OutgoingRecord[]; end: bigint };

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
    const sent = [...shares].map(async ([partition, { records, end }]) => {
      const first = await this.publisher.publish(partition, records);
      this.tails.set(partition, { nextOffset: first + BigInt(records.length), position: end });
      return records.length;
    });
    const counts = await allSettled(sent);
    if (uncarriable) throw uncarriable;
    return counts.reduce((sum, count) => sum + count, 0);
  }

  checkpoints(): ReadonlyMap<number, Checkpoint> {
    return this.tails;
  }

  close(): Promise<void> {
    return this.publisher.close();
  }

  // Up to the first event that cannot be carried: what came before it goes on its way.
  private share(events: Recorded[], shares: Map<number, Share>): Uncarriable | undefined {
    for (const event of events) {
      const partition = partitionOf(event.stream, this.topic.partitions);
      const share = shares.get(partition) ?? { records: [], end: this.tail(partition).position };
      if (event.position <= share.end) continue;
      try {
        share.records.push(this.options.toRecord(event, share.end));
      } catch (error) {
        return new Uncarriable(event, error);
      }
      share.end = event.position;
      shares.set(partition, share);
    }
    return undefined;
  }

  private tail(partition: number): Checkpoint {
    return this.tails.get(partition) ?? { nextOffset: 0n, position: 0n };
  }
}

// The first failure, but only after every send has ended: nothing of a batch is under way when the next attempt begins.
async function allSettled<Value>(work: Promise<Value>[]): Promise<Value[]> {
  await Promise.allSettled(work);
  return Promise.all(work);
}
