import type { OutgoingRecord } from './record.js';

/**
 * Publishes in order, from one process at a time by preference and correctly from several. After its first failure a
 * publisher is broken for good: close it, read the topic's tail, and open another.
 */
export type Publisher = {
  /**
   * Resolves with the offset of the first record when every in-sync replica has them all. Calls for one partition wait for
   * each other; different partitions go side by side. Rejects with `PublishFailed` or `RecordTooLarge`.
   */
  publish: (partition: number, records: readonly OutgoingRecord[]) => Promise<bigint>;
  close: () => Promise<void>;
};

/** It is not known which of the records arrived: read the topic's tail, then publish with a new publisher. */
export class PublishFailed extends Error {
  override readonly name = 'PublishFailed';
}

/** No retry makes the record smaller. Nothing of the call was sent. */
export class RecordTooLarge extends Error {
  override readonly name = 'RecordTooLarge';

  constructor(
    readonly record: OutgoingRecord,
    readonly bytes: number,
  ) {
    super(`a record of ${bytes} bytes does not fit a batch (key ${record.key})`);
  }
}
