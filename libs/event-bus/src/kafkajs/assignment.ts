import type { Consumer } from 'kafkajs';

/** Says which closing of a partition somebody may end. */
export type Closing = { readonly partition: number };

/**
 * The partitions that one generation of the group gave to this member. When it has ended nothing of it may touch the consumer
 * any more: an offset of it would move a partition of the next generation.
 */
export class Assignment {
  private readonly closings = new Map<number, Closing>();
  private readonly ending = new AbortController();
  readonly signal = this.ending.signal;

  constructor(
    private readonly consumer: Consumer,
    private readonly topic: string,
    readonly partitions: readonly number[],
  ) {}

  end(): void {
    this.ending.abort();
  }

  isOpen(partition: number): boolean {
    return !this.signal.aborted && !this.closings.has(partition);
  }

  /** Lets nothing of the partition through any more. A later closing takes the place of an earlier one. */
  close(partition: number): Closing {
    const closing = { partition };
    this.closings.set(partition, closing);
    if (!this.signal.aborted) this.consumer.pause([{ topic: this.topic, partitions: [partition] }]);
    return closing;
  }

  /** Does nothing when the assignment has ended or the partition was closed again by somebody else. */
  open(closing: Closing, offset: bigint): void {
    const { partition } = closing;
    if (this.signal.aborted || this.closings.get(partition) !== closing) return;
    this.closings.delete(partition);
    this.consumer.seek({ topic: this.topic, partition, offset: offset.toString() });
    this.consumer.resume([{ topic: this.topic, partitions: [partition] }]);
  }
}
