import { type ConsumeOptions, type Consumption, HaltPartition, type RecordBatch } from './consume.options.js';
import type { StoredRecord } from './record.js';
import type { OffsetRange } from './topic.js';

export type TailsOptions = {
  topic: string;
  group: string;
  from: ReadonlyMap<number, bigint>;
  ranges: ReadonlyMap<number, OffsetRange>;
};

/** Reads the partitions in `from` up to the ends in `ranges`, as the only member of a group made for it. */
export async function* tails(
  consume: (options: ConsumeOptions) => Promise<Consumption>,
  { topic, group, from, ranges }: TailsOptions,
): AsyncGenerator<StoredRecord> {
  const next = new Map<number, bigint>();
  for (const [partition, { first, end }] of ranges) {
    const start = from.get(partition) ?? end;
    next.set(partition, start < first ? first : start);
  }
  const isOpen = (partition: number) => (next.get(partition) ?? 0n) < (ranges.get(partition)?.end ?? 0n);
  const isDone = () => ![...next.keys()].some(isOpen);
  if (isDone()) return;

  const { readable, writable } = new TransformStream<StoredRecord[], StoredRecord[]>();
  const writer = writable.getWriter();
  const handle = async ({ partition, records }: RecordBatch) => {
    if (!isOpen(partition)) throw new HaltPartition('it was read to its end');
    const { end } = ranges.get(partition) as OffsetRange;
    await writer.write(records.filter(({ offset }) => offset < end)); // when the reader wants more
    next.set(partition, (records.at(-1)?.offset ?? end) + 1n);
    if (isDone()) await writer.close();
  };
  const consumption = await consume({ topic, group, startOffsets: async () => next, handle });
  consumption.ended.catch((error: unknown) => writer.abort(error));
  try {
    for await (const records of readable) yield* records;
  } finally {
    await consumption.stop();
  }
}
