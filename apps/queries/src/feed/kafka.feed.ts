import {
  type ConsumptionEvent,
  type EventBus,
  HaltPartition,
  type OutgoingRecord,
  type RecordBatch,
  StartOver,
  type StoredRecord,
  partitionOf,
} from '#event-bus';
import { upcasted, type Upcasts } from '#event-store';
import {
  type Chain,
  Displaced,
  type Follow,
  type FollowEvent,
  type Following,
  Halt,
  type Link,
  type PartitionedFeed,
} from '#read-store';
import { fromLogRecord, logTopic } from '#topics';

/** The log as the relay carries it, for the projections. */
export class KafkaFeed implements PartitionedFeed {
  readonly name: string;
  readonly partitions: number;
  private looked: { at: number; ends: Promise<ReadonlyMap<number, bigint>> } | undefined;

  constructor(
    private readonly bus: EventBus,
    private readonly upcasts: Upcasts,
    private readonly topic: { name: string; partitions: number } = logTopic,
  ) {
    this.name = topic.name;
    this.partitions = topic.partitions;
  }

  partitionOf(stream: string): number {
    return partitionOf(stream, this.partitions);
  }

  async follow({ group, startOffsets, handle, observe }: Follow): Promise<Following> {
    await this.bus.openTopic(this.topic);
    return this.bus.consume({
      topic: this.topic.name,
      group,
      startOffsets,
      concurrency: this.partitions, // what waits at the same time is committed together
      handle: async (batch) => {
        try {
          await handle(this.chain(batch));
        } catch (error) {
          inTermsOfTheBus(error);
        }
      },
      observe: (event) => tell(event, observe),
    });
  }

  async *readOn(from: ReadonlyMap<number, bigint>): AsyncGenerator<Chain> {
    const starts = new Map(
      Array.from({ length: this.partitions }, (_, part) => [part, from.get(part) ?? 0n]),
    );
    const open = new Map<number, StoredRecord[]>();
    for await (const record of this.bus.readTails(this.topic.name, starts)) {
      const records = open.get(record.partition) ?? [];
      open.set(record.partition, records);
      if (records.push(record) < chainLimit) continue;
      open.delete(record.partition);
      yield this.chain({ partition: record.partition, records });
    }
    for (const [partition, records] of open) yield this.chain({ partition, records });
  }

  // Every projection asks every second: they share the answer.
  async ends(): Promise<ReadonlyMap<number, bigint>> {
    const now = Date.now();
    if (!this.looked || now - this.looked.at > sharedFor) this.looked = { at: now, ends: this.endsNow() };
    return this.looked.ends;
  }

  private async endsNow(): Promise<Map<number, bigint>> {
    const offsets = await this.bus.offsets(this.topic.name);
    return new Map([...offsets].map(([partition, { end }]) => [partition, end]));
  }

  private chain({ partition, records }: Pick<RecordBatch, 'partition' | 'records'>): Chain {
    const last = records.at(-1)?.offset ?? -1n;
    return { partition, links: records.map((record) => this.link(record)), next: last + 1n };
  }

  restored(raw: object): Link {
    return this.link(raw as OutgoingRecord);
  }

  private link(record: OutgoingRecord): Link {
    return {
      stream: record.key,
      position: whole(record, 'ce_position'),
      previous: whole(record, 'ce_prevposition'),
      event: () => upcasted(fromLogRecord(record).event, this.upcasts),
      raw: { key: record.key, value: record.value, headers: record.headers },
    };
  }
}

const chainLimit = 2_000; // records in one transaction
const sharedFor = 500; // milliseconds

// Without them nobody can say whether something is missing.
function whole(record: OutgoingRecord, header: string): bigint {
  const text = record.headers[header];
  if (text === undefined || !/^\d+$/.test(text)) {
    throw new Halt(`a record of ${record.key || 'no key'} has no ${header}: not written by the relay`);
  }
  return BigInt(text);
}

function inTermsOfTheBus(error: unknown): never {
  if (error instanceof Displaced) throw new StartOver(error.message, { cause: error });
  if (error instanceof Halt) throw new HaltPartition(error.message, { cause: error });
  throw error;
}

function tell(event: ConsumptionEvent, observe: (event: FollowEvent) => void): void {
  if (event.kind === 'halted') observe({ kind: 'halted', partition: event.partition, reason: event.reason });
  else if (event.kind === 'retrying') {
    const reason = event.error instanceof Error ? event.error.message : String(event.error);
    const where = event.partition === undefined ? {} : { partition: event.partition };
    observe({ kind: 'retrying', ...where, reason: `tries again in ${event.delay} ms: ${reason}` });
  } else if (event.kind === 'assigned') {
    observe({ kind: 'assigned', partitions: event.partitions });
  }
}
