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
   * {@link Halt} the partition stands still.
   */
  handle: (chain: Chain) => Promise<void>;
  /** What became of it, for those who watch. */
  observe: (event: {
    kind: 'halted' | 'retrying' | 'rebalanced';
    partition?: number;
    reason: string;
  }) => void;
};

export type Following = {
  /** Rejects when nothing more will come. */
  ended: Promise<void>;
  stop: () => Promise<void>;
};

/** The log in partitions: each one an ordered copy of its share, a stream always in the same. */
export type PartitionedFeed = {
  partitions: number;
  partitionOf: (stream: string) => number;
  follow: (follow: Follow) => Promise<Following>;
  /** From the offsets to the ends of now. */
  readOn: (from: ReadonlyMap<number, bigint>) => AsyncIterable<Chain>;
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
}

/** An event of a type that the projection has never heard of: an older version of the code is running, or a newer writer. */
export class UnknownEvent extends Halt {
  override readonly name = 'UnknownEvent';
}
