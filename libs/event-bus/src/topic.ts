/** A topic as its writer wants it; kept for ever unless its operator says otherwise. */
export type TopicSpec = {
  name: string;
  /** For life: with another number a key would move to another partition, and its order would be lost. */
  partitions: number;
  /** The cluster that was written to before; another one is refused. `undefined` accepts any. */
  clusterId?: string | undefined;
};

export type OpenedTopic = { name: string; partitions: number; clusterId: string };

/** The first offset that is still there, and the one that the next record will get. */
export type OffsetRange = { first: bigint; end: bigint };

/** The topic is not the one this system wrote: another partition count or another cluster. An operator must look. */
export class WrongTopic extends Error {
  override readonly name = 'WrongTopic';
}
