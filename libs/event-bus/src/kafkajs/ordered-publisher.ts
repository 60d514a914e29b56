import kafkajs, { type Kafka, type Producer, type RecordMetadata } from 'kafkajs';
import { PublishFailed, type Publisher } from '../publisher.js';
import type { OutgoingRecord } from '../record.js';
import { sendsOf } from '../sends.js';
import { endlessRetries } from './client.js';

export type PublisherOptions = { topic: string; deadline: number; maxMessageBytes: number };

/** An idempotent producer within the bounds where kafkajs 2.2.4 keeps its word. */
export class OrderedPublisher implements Publisher {
  private readonly producer: Producer;
  private readonly turns = new Map<number, Promise<unknown>>();
  private failure: PublishFailed | undefined;

  private constructor(
    kafka: Kafka,
    private readonly options: PublisherOptions,
  ) {
    this.producer = kafka.producer({
      idempotent: true,
      allowAutoTopicCreation: false,
      retry: endlessRetries,
      // Asked anew at each attempt of a send, so it is also where the endless retries of a given-up send end.
      createPartitioner: () => (asked) => {
        if (this.failure) throw new kafkajs.KafkaJSNonRetriableError('this publisher was given up');
        return asked.message.partition as number;
      },
    });
  }

  static async open(kafka: Kafka, options: PublisherOptions): Promise<OrderedPublisher> {
    const publisher = new OrderedPublisher(kafka, options);
    await publisher.producer.connect().catch(async (error: unknown) => {
      await publisher.producer.disconnect();
      throw error;
    });
    return publisher;
  }

  async publish(partition: number, records: readonly OutgoingRecord[]): Promise<bigint> {
    if (records.length === 0) throw new RangeError('there is nothing to publish');
    const sends = sendsOf(records, this.options.maxMessageBytes);
    // With two sends of one partition under way a lost answer makes kafkajs number both alike: one is acknowledged and lost.
    const turn = (this.turns.get(partition) ?? Promise.resolve()).then(() => this.sendAll(partition, sends));
    this.turns.set(
      partition,
      turn.catch(() => undefined),
    );
    return turn;
  }

  async close(): Promise<void> {
    this.failure ??= new PublishFailed('the publisher is closed');
    await this.producer.disconnect();
  }

  private async sendAll(partition: number, sends: OutgoingRecord[][]): Promise<bigint> {
    const offsets: bigint[] = [];
    for (const records of sends) offsets.push(await this.send(partition, records));
    return offsets[0] as bigint;
  }

  private async send(partition: number, records: OutgoingRecord[]): Promise<bigint> {
    if (this.failure) throw this.failure;
    const { topic, deadline } = this.options;
    const messages = records.map(({ key, value, headers }) => ({ key, value, headers, partition }));
    // One partition a send: over several brokers kafkajs may forget one of them when leadership moves.
    const sending = this.producer.send({ topic, acks: -1, messages });
    try {
      return baseOffset(await within(deadline, sending), topic, partition);
    } catch (cause) {
      throw this.giveUp(cause, sending);
    }
  }

  private giveUp(cause: unknown, sending: Promise<unknown>): PublishFailed {
    const why = cause instanceof Error ? cause.message : String(cause);
    const failure = (this.failure ??= new PublishFailed(why, { cause }));
    const disconnect = () => this.producer.disconnect().catch(() => undefined);
    void disconnect();
    // An attempt that was under way may have connected again.
    sending.then(disconnect, disconnect);
    return failure;
  }
}

/** The offset of the first record, if the answer says beyond doubt that they were stored in this partition. */
export function baseOffset(answers: RecordMetadata[], topic: string, partition: number): bigint {
  const [answer] = answers;
  const stored =
    answers.length === 1 &&
    answer?.topicName === topic &&
    answer.partition === partition &&
    answer.errorCode === 0 &&
    /^\d+$/.test(answer.baseOffset ?? '');
  if (!stored) throw new Error(`${topic}/${partition} was not confirmed: ${JSON.stringify(answers)}`);
  return BigInt(answer.baseOffset as string);
}

async function within<Value>(ms: number, work: Promise<Value>): Promise<Value> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`not acknowledged within ${ms} ms`)), ms);
  return Promise.race([work, late.promise]).finally(() => clearTimeout(timer));
}
