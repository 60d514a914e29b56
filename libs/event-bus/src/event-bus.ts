import type { Kafka } from 'kafkajs';
import { BusUnavailable } from './bus-unavailable.js';
import type { ConsumeOptions, Consumption } from './consume.options.js';
import type { EventBusOptions } from './event-bus.options.js';
import { kafkaClient } from './kafkajs/client.js';
import { clusterOf } from './kafkajs/cluster.js';
import { GroupMember } from './kafkajs/group-member.js';
import { OrderedPublisher } from './kafkajs/ordered-publisher.js';
import { tails } from './kafkajs/tails.js';
import { asking, maxMessageBytes, offsetsOf, openTopic } from './kafkajs/topics.js';
import type { Publisher } from './publisher.js';
import type { StoredRecord } from './record.js';
import type { OffsetRange, OpenedTopic, TopicSpec } from './topic.js';

/** Kafka behind two verbs: publish in order, consume in order. Connects with each call; what it opened is closed by itself. */
export class EventBus {
  private readonly kafka: Kafka;

  constructor(private readonly options: EventBusOptions) {
    this.kafka = kafkaClient(options);
  }

  /** Creates the topic when it is absent and waits until it can be written. Rejects with `WrongTopic` or `BusUnavailable`. */
  openTopic(spec: TopicSpec): Promise<OpenedTopic> {
    return asking(this.kafka, (admin) => openTopic(admin, spec));
  }

  /** The first and the next offset of each partition. */
  offsets(topic: string): Promise<ReadonlyMap<number, OffsetRange>> {
    return asking(this.kafka, (admin) => offsetsOf(admin, topic));
  }

  /** `deadline`: milliseconds that one send may take with all its retries before the publisher gives up; a minute by default. */
  async openPublisher(topic: string, { deadline = 60_000 }: { deadline?: number } = {}): Promise<Publisher> {
    const most = await asking(this.kafka, (admin) => maxMessageBytes(admin, topic));
    // A client of its own: it must outlast a broker's absence for as long as the deadline allows.
    const patient = kafkaClient({ ...this.options, patience: deadline });
    const options = { topic, deadline, maxMessageBytes: most };
    return OrderedPublisher.open(patient, options).catch(unavailable);
  }

  /** Joins the group; rejects with `BusUnavailable` when that cannot be begun, e.g. before the topic was created. */
  async consume(options: ConsumeOptions): Promise<Consumption> {
    const member = new GroupMember(this.kafka, options);
    await member.start().catch(async (error: unknown) => {
      await member.stop().catch(() => undefined);
      return unavailable(error);
    });
    return member;
  }

  /**
   * The records of each partition in `from` from its offset to the end it has now, in order within a partition. An offset that
   * is gone brings what comes after it; one at or behind the end brings nothing. Rejects with `BusUnavailable`.
   */
  async *readTails(topic: string, from: ReadonlyMap<number, bigint>): AsyncGenerator<StoredRecord> {
    const ranges = await this.offsets(topic);
    try {
      yield* tails(clusterOf(this.kafka), { topic, from, ranges });
    } catch (error) {
      unavailable(error);
    }
  }

  /** Rejects with `BusUnavailable` when no broker answers. */
  async check(): Promise<void> {
    await asking(this.kafka, (admin) => admin.describeCluster());
  }
}

function unavailable(cause: unknown): never {
  throw new BusUnavailable(`Kafka: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
}
