import kafkajs from 'kafkajs';

/** The ids of the brokers that lead a partition of a topic, by what those at `addresses` know. Rejects while none of them answers. */
export async function leadersOf(topic: string, addresses: string[]): Promise<Set<number>> {
  const client = new kafkajs.Kafka({
    brokers: addresses,
    requestTimeout: 2_000, // it may ask one that is frozen, whose address the others know
    logLevel: kafkajs.logLevel.NOTHING,
  });
  const admin = client.admin({ retry: { retries: 0 } });
  await admin.connect();
  try {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    return new Set(topics.flatMap(({ partitions }) => partitions.map(({ leader }) => leader)));
  } finally {
    await admin.disconnect();
  }
}
