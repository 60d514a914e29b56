import kafkajs, { type Admin, type Kafka } from 'kafkajs';
import { BusUnavailable } from '../bus-unavailable.js';
import { type OffsetRange, type OpenedTopic, type TopicSpec, WrongTopic } from '../topic.js';

const patience = 30_000;
const elections = new Set(['NOT_LEADER_FOR_PARTITION', 'LEADER_NOT_AVAILABLE', 'NOT_CONTROLLER']);

/** A broker that has just awoken, or a topic just made, may have no known leader yet; it is asked again for a while. */
export async function asking<Answer>(kafka: Kafka, ask: (admin: Admin) => Promise<Answer>): Promise<Answer> {
  for (const until = Date.now() + patience; ; await pause(100)) {
    try {
      return await askOnce(kafka, ask);
    } catch (cause) {
      if (cause instanceof WrongTopic) throw cause;
      const known = cause instanceof Error ? cause : new Error(String(cause));
      if (seeksLeader(known) && Date.now() < until) continue;
      throw new BusUnavailable(`Kafka: ${known.message}`, { cause });
    }
  }
}

// kafkajs wraps what it has given up on: the answer of the broker is then its cause.
function seeksLeader(error: Error): boolean {
  const { type } = error as { type?: string };
  if (error.name === 'KafkaJSBrokerNotFound' || (type && elections.has(type))) return true;
  return error.cause instanceof Error && seeksLeader(error.cause);
}

// A fresh admin client for each question: one that lived through a broker's restart answers with its old connections.
async function askOnce<Answer>(kafka: Kafka, ask: (admin: Admin) => Promise<Answer>): Promise<Answer> {
  const admin = kafka.admin();
  try {
    await admin.connect();
    return await ask(admin);
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}

export async function openTopic(
  admin: Admin,
  { name, partitions, clusterId }: TopicSpec,
): Promise<OpenedTopic> {
  const cluster = await admin.describeCluster();
  if (clusterId !== undefined && clusterId !== cluster.clusterId) {
    throw new WrongTopic(`this is Kafka cluster ${cluster.clusterId}; ${name} is in ${clusterId}`);
  }
  let leaders = await leadersOf(admin, name);
  if (!leaders) await create(admin, name, partitions, cluster.brokers.length);
  // With KRaft a fresh topic is not known at once, and kafkajs' own wait for its leaders fails.
  for (const until = Date.now() + patience; !leaders?.every((leader) => leader >= 0); await pause(50)) {
    if (Date.now() > until) throw new Error(`${name} has partitions without a leader`);
    leaders = await leadersOf(admin, name);
  }
  if (leaders.length !== partitions) {
    throw new WrongTopic(
      `${name} has ${leaders.length} partitions, not ${partitions}; the number is for life`,
    );
  }
  return { name, partitions, clusterId: cluster.clusterId };
}

export async function offsetsOf(admin: Admin, topic: string): Promise<Map<number, OffsetRange>> {
  const partitions = await admin.fetchTopicOffsets(topic);
  return new Map(
    partitions.map(({ partition, low, high }) => [partition, { first: BigInt(low), end: BigInt(high) }]),
  );
}

/** What the topic's `max.message.bytes` allows a batch to have. */
export async function maxMessageBytes(admin: Admin, topic: string): Promise<number> {
  const configNames = ['max.message.bytes'];
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: topic, configNames }],
  });
  return Number(resources[0]?.configEntries[0]?.configValue);
}

async function create(admin: Admin, topic: string, numPartitions: number, brokers: number): Promise<void> {
  const replicationFactor = Math.min(3, brokers);
  const settings = {
    'cleanup.policy': 'delete',
    'retention.ms': '-1',
    'retention.bytes': '-1',
    'min.insync.replicas': replicationFactor === 3 ? '2' : '1',
  };
  const configEntries = Object.entries(settings).map(([name, value]) => ({ name, value }));
  await admin.createTopics({
    waitForLeaders: false,
    topics: [{ topic, numPartitions, replicationFactor, configEntries }],
  });
}

/** The leader of each partition, -1 where there is none; `undefined` when there is no such topic. */
async function leadersOf(admin: Admin, name: string): Promise<number[] | undefined> {
  try {
    const { topics } = await admin.fetchTopicMetadata({ topics: [name] });
    return topics[0]?.partitions.map(({ leader }) => leader);
  } catch (error) {
    if ((error as { type?: string }).type === 'UNKNOWN_TOPIC_OR_PARTITION') return undefined;
    if ((error as { type?: string }).type === 'LEADER_NOT_AVAILABLE') return [-1];
    throw error;
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
