import { type EventBus, type OpenedTopic, fromRecord } from '#event-bus';
import type { Checkpoint, Progress } from './relay.checkpoints.js';

export type Recovered = {
  /** Everything up to here is in the topic: the event store is read from here on. */
  position: bigint;
  tails: Map<number, Checkpoint>;
  /** The topic no longer holds what the checkpoint says it held. */
  lost: boolean;
};

/**
 * Finds where a topic ends. The topic itself is the truth, the checkpoint a lower bound that saves reading it from its
 * beginning. Where the record at the checkpoint is gone or another, Kafka has lost data: then the whole topic is read, and
 * what is missing is carried again from the least position found.
 */
export async function recover(
  bus: EventBus,
  topic: OpenedTopic,
  progress: Progress | undefined,
): Promise<Recovered> {
  const known = progress?.clusterId === topic.clusterId ? progress : undefined;
  const begin = new Map(partitionsOf(topic).map((partition) => [partition, beginning]));
  if (known) {
    const tails = await readOn(bus, topic, new Map([...begin, ...known.partitions]));
    if (tails) return { position: known.position, tails, lost: false };
  }
  const tails = (await readOn(bus, topic, begin)) ?? begin;
  const least = [...tails.values()].map(({ position }) => position).reduce(lesser);
  return { position: least, tails, lost: progress !== undefined };
}

const beginning: Checkpoint = { nextOffset: 0n, position: 0n };

// From the record at each checkpoint, which must still be there. `undefined`: it is not.
async function readOn(
  bus: EventBus,
  topic: OpenedTopic,
  from: ReadonlyMap<number, Checkpoint>,
): Promise<Map<number, Checkpoint> | undefined> {
  const tails = new Map<number, Checkpoint>();
  const starts = new Map(
    [...from].map(([partition, { nextOffset }]) => [partition, nextOffset > 0n ? nextOffset - 1n : 0n]),
  );
  for await (const record of bus.readTails(topic.name, starts)) {
    const { partition, offset } = record;
    const { position, prevposition } = fromRecord(record);
    const checkpoint = from.get(partition) ?? beginning;
    const reread = checkpoint.nextOffset > 0n && !tails.has(partition);
    if (reread) {
      if (!endsWith(checkpoint, offset, position)) return undefined;
      tails.set(partition, checkpoint);
      continue;
    }
    // Two relays at once leave older records behind newer ones: the copy ends with the farthest, and that is the record the next
    // start has to find again. What follows a hole is no part of it, and is carried again behind what was lost.
    const last = tails.get(partition) ?? beginning;
    if (position > last.position && prevposition <= last.position)
      tails.set(partition, { nextOffset: offset + 1n, position });
  }
  const vanished = [...from].some(([partition, { nextOffset }]) => nextOffset > 0n && !tails.has(partition));
  if (vanished) return undefined;
  for (const [partition, checkpoint] of from) if (!tails.has(partition)) tails.set(partition, checkpoint);
  return tails;
}

const partitionsOf = ({ partitions }: OpenedTopic): number[] =>
  Array.from({ length: partitions }, (_, n) => n);
const endsWith = (checkpoint: Checkpoint, offset: bigint, position: bigint): boolean =>
  offset === checkpoint.nextOffset - 1n && position === checkpoint.position;
const lesser = (one: bigint, other: bigint): bigint => (one < other ? one : other);
