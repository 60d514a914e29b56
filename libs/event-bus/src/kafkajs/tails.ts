import { setTimeout as sleep } from 'node:timers/promises';
import { backOff } from '../back-off.js';
import type { StoredRecord } from '../record.js';
import type { OffsetRange } from '../topic.js';
import type { Cluster, FetchedPartition } from './cluster.js';
import { stored } from './stored.js';

const patience = 60_000; // milliseconds without a record
const maxWaitTime = 250; // milliseconds
const maxBytes = 1_048_576; // of a partition, in one answer
const readCommitted = 1;

export type TailsOptions = {
  topic: string;
  from: ReadonlyMap<number, bigint>;
  ranges: ReadonlyMap<number, OffsetRange>;
};

/** Reads the partitions in `from` up to the ends in `ranges`, from their leaders and without joining any group. */
export async function* tails(
  cluster: Cluster,
  { topic, from, ranges }: TailsOptions,
): AsyncGenerator<StoredRecord> {
  const next = new Map<number, bigint>();
  for (const [partition, { first, end }] of ranges) {
    const start = from.get(partition) ?? end;
    if (start < end) next.set(partition, start < first ? first : start);
  }
  if (next.size === 0) return;
  const ahead = () => {
    const fetching = fetched(cluster, topic, next);
    fetching.catch(() => undefined); // it is heard when it is waited for
    return fetching;
  };
  try {
    await cluster.connect();
    await cluster.addTargetTopic(topic);
    for (let fetching = ahead(); next.size > 0;) {
      const records = (await fetching).flatMap((part) => taken(part, next, ranges));
      if (next.size > 0) fetching = ahead(); // while these are at work
      yield* records;
    }
  } finally {
    await cluster.disconnect().catch(() => undefined);
  }
}

// Leaders move and brokers restart: tried again until a minute has passed.
async function fetched(
  cluster: Cluster,
  topic: string,
  next: ReadonlyMap<number, bigint>,
): Promise<FetchedPartition[]> {
  const end = Date.now() + patience;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const parts = await fetchedOnce(cluster, topic, next);
      if (parts.some(({ messages }) => messages.length > 0)) return parts;
      if (Date.now() > end) throw new Error(`${topic} brings no records that should be there`);
    } catch (error) {
      if (Date.now() > end) throw error;
      await sleep(backOff(attempt));
      await cluster.refreshMetadata().catch(() => undefined);
    }
  }
}

async function fetchedOnce(
  cluster: Cluster,
  topic: string,
  next: ReadonlyMap<number, bigint>,
): Promise<FetchedPartition[]> {
  const leaders = Object.entries(cluster.findLeaderForPartitions(topic, [...next.keys()]));
  if (leaders.length === 0) throw new Error(`${topic} has no leaders`);
  const answers = await Promise.all(
    leaders.map(async ([nodeId, led]) => {
      const broker = await cluster.findBroker({ nodeId });
      const partitions = led.map((partition) => ({
        partition,
        fetchOffset: String(next.get(partition)),
        maxBytes,
      }));
      const topics = [{ topic, partitions }];
      return broker.fetch({ maxWaitTime, isolationLevel: readCommitted, topics });
    }),
  );
  return answers.flatMap(({ responses }) => responses.flatMap(({ partitions }) => partitions));
}

// A broker answers with the whole batch that an offset stands in: what is before it is left out, and what came since.
function taken(
  { partition, messages }: FetchedPartition,
  next: Map<number, bigint>,
  ranges: ReadonlyMap<number, OffsetRange>,
): StoredRecord[] {
  const [begin, end] = [next.get(partition) ?? 0n, ranges.get(partition)?.end ?? 0n];
  const last = messages.at(-1);
  if (!last) return [];
  const reached = BigInt(last.offset) + 1n;
  if (reached >= end) next.delete(partition);
  else if (reached > begin) next.set(partition, reached);
  return messages
    .filter(({ isControlRecord }) => !isControlRecord)
    .map((message) => stored(partition, message))
    .filter(({ offset }) => offset >= begin && offset < end);
}
