import type { StoredRecord } from './record.js';

/** Consecutive records of one partition, never empty. */
export type RecordBatch = {
  partition: number;
  records: readonly StoredRecord[];
  /** The partition's end when the records were fetched. */
  end: bigint;
  /** Aborted when the partition is no longer ours, or the consumption stops. */
  signal: AbortSignal;
};

export type ConsumeOptions = {
  topic: string;
  /** Members with the same group share the partitions. */
  group: string;
  /**
   * Where to begin, asked at every assignment: the next offset of each partition. A partition that is not in the answer
   * begins at its beginning. May reject: it is asked again with growing pauses.
   */
  startOffsets: (partitions: readonly number[]) => Promise<ReadonlyMap<number, bigint>>;
  /**
   * Takes the batches of a partition one after the other. When it rejects, the same records come again after a growing
   * pause while the other partitions flow on; when it rejects with `HaltPartition`, they come when `resume` is called;
   * with `StartOver`, the partition comes from its beginning.
   */
  handle: (batch: RecordBatch) => Promise<void>;
  observe?: (event: ConsumptionEvent) => void;
  /** Records in one batch at most; 500 by default. */
  batchSize?: number;
  /** Partitions handled at the same time; 1 by default. */
  concurrency?: number;
  /** Milliseconds without a heartbeat after which the group gives the partitions to others; 10,000 by default. */
  sessionTimeout?: number;
};

export type ConsumptionEvent =
  | { kind: 'assigned'; partitions: readonly number[] }
  | { kind: 'rebalancing' }
  /** `partition` is absent when it is the start offsets that cannot be had. `delay` in milliseconds. */
  | { kind: 'retrying'; partition?: number; attempt: number; delay: number; error: unknown }
  | { kind: 'halted'; partition: number; reason: string }
  /** It will bring nothing more: end the process, or consume anew. */
  | { kind: 'failed'; error: Error };

export type Consumption = {
  /** Resolves after `stop`; rejects with `ConsumptionFailed`. */
  readonly ended: Promise<void>;
  /** Brings nothing more of the partition until `resume`, as long as this member keeps it. */
  halt: (partition: number, reason: string) => void;
  /** Begins again where `startOffsets` says. */
  resume: (partition: number) => void;
  halted: () => ReadonlyMap<number, string>;
  /** Leaves the group after the batch at hand. */
  stop: () => Promise<void>;
};

/** Thrown by a handler: going on with this partition would be wrong until somebody has looked. */
export class HaltPartition extends Error {
  override readonly name = 'HaltPartition';
}

/** Thrown by a handler: it needs the partition from its beginning, now. */
export class StartOver extends Error {
  override readonly name = 'StartOver';
}

/** The consumer ended by itself and does not come back. */
export class ConsumptionFailed extends Error {
  override readonly name = 'ConsumptionFailed';
}
