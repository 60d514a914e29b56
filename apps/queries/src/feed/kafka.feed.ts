import {
  type ConsumptionEvent,
  type EventBus,
  HaltPartition,
  type RecordBatch,
  type StoredRecord,
  partitionOf,
} from '#event-bus';
import { upcasted, type Upcasts } from '#event-store';
import { type Chain, type Follow, type Following, Halt, type Link, type PartitionedFeed } from '#read-store';
import { fromLogRecord, logTopic } from '#topics';

const { name, partitions } = logTopic;

/** The log as the relay carries it, for the projections. */
export class KafkaFeed implements PartitionedFeed {
  readonly partitions = partitions;

  constructor(
    private readonly bus: EventBus,
    private readonly upcasts: Upcasts,
  ) {}

  partitionOf(stream: string): number {
    return partitionOf(stream, partitions);
  }

  async follow({ group, startOffsets, handle, observe }: Follow): Promise<Following> {
    await this.bus.openTopic(logTopic);
    return this.bus.consume({
      topic: name,
      group,
      startOffsets,
      handle: (batch) => handle(this.chain(batch)).catch(halting),
      observe: (event) => tell(event, observe),
    });
  }

  async *readOn(from: ReadonlyMap<number, bigint>): AsyncGenerator<Chain> {
    const starts = new Map(Array.from({ length: partitions }, (_, part) => [part, from.get(part) ?? 0n]));
    const open = new Map<number, StoredRecord[]>();
    for await (const record of this.bus.readTails(name, starts)) {
      const records = open.get(record.partition) ?? [];
      open.set(record.partition, records);
      if (records.push(record) < chainLimit) continue;
      open.delete(record.partition);
      yield this.chain({ partition: record.partition, records });
    }
    for (const [partition, records] of open) yield this.chain({ partition, records });
  }

  async ends(): Promise<Map<number, bigint>> {
    await this.bus.openTopic(logTopic);
    const offsets = await this.bus.offsets(name);
    return new Map([...offsets].map(([partition, { end }]) => [partition, end]));
  }

  private chain({ partition, records }: Pick<RecordBatch, 'partition' | 'records'>): Chain {
    const last = records.at(-1)?.offset ?? -1n;
    return { partition, links: records.map((record) => this.link(record)), next: last + 1n };
  }

  /** A record of the log from its JSON, for whoever takes it out of the parking. */
  link(record: Pick<StoredRecord, 'key' | 'value' | 'headers'>): Link {
    return {
      stream: record.key,
      position: whole(record, 'ce_position'),
      previous: whole(record, 'ce_prevposition'),
      event: () => upcasted(fromLogRecord(record).event, this.upcasts),
      raw: { key: record.key, value: record.value, headers: record.headers },
    };
  }
}

const chainLimit = 1_000; // records in one transaction

// Without them nobody can say whether something is missing.
function whole(record: Pick<StoredRecord, 'key' | 'headers'>, header: string): bigint {
  const text = record.headers[header];
  if (text === undefined || !/^\d+$/.test(text)) {
    throw new Halt(`a record of ${record.key || 'no key'} has no ${header}: not written by the relay`);
  }
  return BigInt(text);
}

function halting(error: unknown): never {
  if (error instanceof Halt) throw new HaltPartition(error.message, { cause: error });
  throw error;
}

function tell(event: ConsumptionEvent, observe: Follow['observe']): void {
  if (event.kind === 'halted') observe({ kind: 'halted', partition: event.partition, reason: event.reason });
  else if (event.kind === 'retrying') {
    const reason = event.error instanceof Error ? event.error.message : String(event.error);
    const where = event.partition === undefined ? {} : { partition: event.partition };
    observe({ kind: 'retrying', ...where, reason: `tries again in ${event.delay} ms: ${reason}` });
  } else if (event.kind === 'assigned') {
    observe({ kind: 'rebalanced', reason: `has partitions ${event.partitions.join(', ') || 'none'}` });
  }
}
