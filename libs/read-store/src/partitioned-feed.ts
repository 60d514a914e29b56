import type { Recorded } from '#event-sourcing';

/** A record of a partition, as the one who wrote it chained it. */
export type Link = {
  stream: string;
  /** Of the event in `$all`. */
  position: bigint;
  /** Position of the record before it in the same partition, 0 for the first. */
  previous: bigint;
  /** Throws where the record cannot be read. */
  event: () => Recorded;
  /** As it stands in the partition, for whoever has to look at it. */
  raw: object;
};

/** Whether nothing is missing between the last position applied, -1 before the first, and a record. */
export const continues = ({ previous }: Link, last: bigint): boolean => previous <= last || previous === 0n;

/** Consecutive records of a partition. */
export type Chain = {
  partition: number;
  links: readonly Link[];
  /** The offset after the last of them. */
  next: bigint;
};

export type Follow = {
  /** Members of one group share the partitions. */
  group: string;
  /** The next offset of each partition; one that is missing begins at its beginning. */
  startOffsets: (partitions: readonly number[]) => Promise<ReadonlyMap<number, bigint>>;
  /**
   * Takes the chains of a partition one after the other. What it rejects with comes again after a growing pause; after a
   * {@link Halt} the partition stands still, after {@link Displaced} it comes from its beginning.
   */
  handle: (chain: Chain) => Promise<void>;
  /** What became of it, for those who watch. */
  observe: (event: FollowEvent) => void;
};

export type FollowEvent =
  | { kind: 'halted'; partition: number; reason: string }
  | { kind: 'retrying'; partition?: number; reason: string }
  /** What this member has from now on. */
  | { kind: 'assigned'; partitions: readonly number[] };

export type Following = {
  /** Rejects when nothing more will come. */
  ended: Promise<void>;
  stop: () => Promise<void>;
};

/** The log in partitions: each one an ordered copy of its share, a stream always in the same. */
export type PartitionedFeed = {
  /** What whoever fills it calls it. */
  name: string;
  partitions: number;
  partitionOf: (stream: string) => number;
  follow: (follow: Follow) => Promise<Following>;
  /** From the offsets to the ends of now. */
  readOn: (from: ReadonlyMap<number, bigint>) => AsyncIterable<Chain>;
  /** A record as it was left in the parking. */
  restored: (raw: object) => Link;
  /** The offset that each partition's next record will get. */
  ends: () => Promise<ReadonlyMap<number, bigint>>;
};

/** Going on would be wrong until somebody has looked. */
export class Halt extends Error {
  override readonly name: string = 'Halt';
}

/** A record names a predecessor that never came: something in between was lost. */
export class Gap extends Halt {
  override readonly name = 'Gap';

  constructor(
    partition: number,
    { previous, position }: Link,
    /** Position of the last record that was not missing. */
    readonly last: bigint,
    /** Of the record behind the gap, in its chain. */
    readonly index: number,
  ) {
    super(
      `partition ${partition}: position ${previous} is missing before ${position}. The relay carries again what Kafka has lost, and ` +
        'the projection goes on by itself; if the relay has not noticed, delete its rows in relay_topic and start it anew',
    );
  }
}

/** What is due may stand elsewhere in the partition: it has to be looked for from its beginning. */
export class Displaced extends Error {
  override readonly name = 'Displaced';
}

/** An event of a type that the projection has never heard of: an older version of the code is running, or a newer writer. */
export class UnknownEvent extends Halt {
  override readonly name = 'UnknownEvent';
}
