import type { Logger } from 'pino';
import type { ConsumeOptions, Consumption } from './consume.options.js';
import type { Publisher } from './publisher.js';
import type { StoredRecord } from './record.js';
import type { OffsetRange, OpenedTopic, TopicSpec } from './topic.js';

export type EventBusOptions = {
  /** `host:port` of some brokers of the cluster. */
  brokers: readonly string[];
  clientId: string;
  log: Logger;
};

/** Kafka behind two verbs: publish in order, consume in order. Connects with the first call. */
export type EventBus = {
  /** Creates the topic when it is absent, waits until it can be written; rejects with `WrongTopic` or `BusUnavailable`. */
  openTopic: (spec: TopicSpec) => Promise<OpenedTopic>;
  /** `deadline` in milliseconds for one call of publish, a minute by default. */
  openPublisher: (topic: string, options?: { deadline?: number }) => Promise<Publisher>;
  consume: (options: ConsumeOptions) => Promise<Consumption>;
  offsets: (topic: string) => Promise<ReadonlyMap<number, OffsetRange>>;
  /**
   * The records of each partition from an offset to the end it had at the call, in order within a partition. An offset
   * that is gone brings what comes after it; one at or behind the end brings nothing.
   */
  readTails: (topic: string, from: ReadonlyMap<number, bigint>) => AsyncGenerator<StoredRecord>;
  /** Rejects with `BusUnavailable` when no broker answers. */
  check: () => Promise<void>;
  dispose: () => Promise<void>;
};

/** No broker of the cluster could be asked. Trying again later may work. */
export class BusUnavailable extends Error {
  override readonly name = 'BusUnavailable';
}
