import kafkajs, { type Message, type Producer } from 'kafkajs';
import { calmIdleConnections } from '../../../libs/event-bus/src/kafkajs/idle-loop.patch.js';
import type { BareKafka, BareResult } from '../sections/bare-kafka.js';

// The process `bareKafka()` starts: one job in, one line of JSON out. kafkajs and nothing else: it reads a topic into memory doing nothing,
// and sends the same bytes to another.
const { brokers, topics, sends } = JSON.parse(process.argv[2] ?? '') as BareKafka;
calmIdleConnections();
const kafka = new kafkajs.Kafka({ brokers, clientId: 'bare', logLevel: kafkajs.logLevel.NOTHING });
const admin = kafka.admin();
const perSend = 1_000;

type Taken = { partitions: Message[][]; records: number; seconds: number };

async function consumed(topic: string, records: number, keep: boolean): Promise<Taken> {
  const offsets = await admin.fetchTopicOffsets(topic);
  const partitions = offsets.map((): Message[] => []);
  const consumer = kafka.consumer({ groupId: `bare-${topic}-${keep}`, maxWaitTimeInMs: 250 });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  const done = Promise.withResolvers<void>();
  let [taken, began] = [0, 0];
  await consumer.run({
    autoCommit: false,
    eachBatch: async ({ batch: { partition, messages } }) => {
      began ||= performance.now();
      taken += messages.length;
      if (keep)
        for (const { key, value, headers } of messages)
          partitions[partition]?.push({ key, value, partition, ...(headers && { headers }) });
      if (taken >= records) done.resolve();
    },
  });
  await done.promise;
  const seconds = (performance.now() - began) / 1_000;
  await consumer.disconnect();
  return { partitions, records: taken, seconds };
}

async function sent(producer: Producer, topic: string, partitions: Message[][]): Promise<void> {
  const lane = async (messages: Message[]) => {
    for (let at = 0; at < messages.length; at += perSend)
      await producer.send({ topic, acks: -1, messages: messages.slice(at, at + perSend) });
  };
  await Promise.all(partitions.map(lane));
}

async function produced(): Promise<number> {
  const kept = await Promise.all(
    topics.map(async (topic) => consumed(topic, Math.min(sends, await sizeOf(topic)), true)),
  );
  const copies = topics.map((topic) => `${topic}.bare`);
  await admin.createTopics({
    waitForLeaders: false,
    topics: copies.map((topic, index) => ({ topic, numPartitions: kept[index]?.partitions.length ?? 1 })),
  });
  const producer = kafka.producer({
    idempotent: true,
    maxInFlightRequests: 5,
    createPartitioner:
      () =>
      ({ message }) =>
        message.partition ?? 0,
  });
  await producer.connect();
  await new Promise((resolve) => setTimeout(resolve, 2_000)); // their leaders are elected
  const began = performance.now();
  await Promise.all(kept.map(({ partitions }, index) => sent(producer, copies[index] ?? '', partitions)));
  const seconds = (performance.now() - began) / 1_000;
  await producer.disconnect();
  return (kept[0]?.records ?? 0) / seconds;
}

async function sizeOf(topic: string): Promise<number> {
  const offsets = await admin.fetchTopicOffsets(topic);
  return offsets.reduce((sum, { high }) => sum + Number(high), 0);
}

await admin.connect();
const [first = ''] = topics;
const { records, seconds } = await consumed(first, await sizeOf(first), false);
const result: BareResult = { consumed: records / seconds, produced: sends > 0 ? await produced() : 0 };
await admin.disconnect();
process.stdout.write(JSON.stringify(result));
