import type { Kafka, KafkaMessage } from 'kafkajs';

export type FetchedPartition = {
  partition: number;
  messages: (KafkaMessage & { isControlRecord?: boolean })[];
};

/** The members of kafkajs 2.2.4's broker and cluster that reading without a group needs. */
export type Broker = {
  /** Rejects when any of the partitions answers with an error. */
  fetch: (request: {
    maxWaitTime: number;
    isolationLevel: number;
    topics: {
      topic: string;
      partitions: { partition: number; fetchOffset: string; maxBytes: number }[];
    }[];
  }) => Promise<{ responses: { partitions: FetchedPartition[] }[] }>;
};

export type Cluster = {
  connect: () => Promise<void>;
  disconnect: () => Promise<void>;
  addTargetTopic: (topic: string) => Promise<void>;
  refreshMetadata: () => Promise<void>;
  /** By the leader's node id. */
  findLeaderForPartitions: (topic: string, partitions: number[]) => Record<string, number[]>;
  findBroker: (wanted: { nodeId: string }) => Promise<Broker>;
};

type Create = (options: { metadataMaxAge: number; allowAutoTopicCreation: boolean }) => Cluster;

/** Connections of one's own to the brokers. kafkajs has them for its consumers only, which need a group: behind a private symbol. */
export function clusterOf(kafka: Kafka): Cluster {
  const symbols = Object.getOwnPropertySymbols(kafka);
  const symbol = symbols.find(({ description }) => description === 'private:Kafka:createCluster');
  const create = symbol && (kafka as unknown as Record<symbol, Create>)[symbol];
  if (!create) throw new Error('this is not the kafkajs whose inside is known');
  return create({ metadataMaxAge: 300_000, allowAutoTopicCreation: false });
}
