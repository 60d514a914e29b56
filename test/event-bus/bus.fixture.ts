import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import {
  type ConsumeOptions,
  type Consumption,
  type ConsumptionEvent,
  EventBus,
  type OutgoingRecord,
  type RecordBatch,
  type StoredRecord,
} from '#event-bus';

/** Waits of these specs end when what they wait for happens; this is for a machine that is very busy. */
export const patience = 120_000;

export const busTo = (brokers: readonly string[], clientId = 'spec') =>
  new EventBus({ brokers, clientId, log: pino({ level: 'silent' }) });

export const freshName = (what: string) => `${what}.${randomUUID()}`;

/** A topic of the spec's own. */
export async function freshTopic(bus: EventBus, partitions = 6): Promise<string> {
  const { name } = await bus.openTopic({ name: freshName('spec'), partitions });
  return name;
}

export const record = (value: string | number, key = 'request-1'): OutgoingRecord => ({
  key,
  value: String(value),
  headers: { ce_id: String(value) },
});

export const records = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => record(from + index));

/** What `records` put into them, from the first number up to the second. */
export const numbers = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => String(from + index));

export const values = (stored: readonly StoredRecord[]) => stored.map(({ value }) => value);

/** All that stands on the topic, by partition. */
export async function contents(bus: EventBus, topic: string): Promise<Map<number, StoredRecord[]>> {
  const found = new Map<number, StoredRecord[]>();
  const starts = [...(await bus.offsets(topic)).keys()].map((partition) => [partition, 0n] as const);
  for await (const one of bus.readTails(topic, new Map(starts))) {
    found.set(one.partition, [...(found.get(one.partition) ?? []), one]);
  }
  return found;
}

/** A reader that remembers as a projection does: what it handled, and the next offset of each partition. */
export class Reader {
  readonly handled: StoredRecord[] = [];
  readonly next = new Map<number, bigint>();
  readonly events: ConsumptionEvent[] = [];
  consumption: Consumption | undefined;

  constructor(
    private readonly bus: EventBus,
    private readonly options: Pick<ConsumeOptions, 'topic' | 'group'> & Partial<ConsumeOptions>,
    private readonly before: (batch: RecordBatch, reader: Reader) => void | Promise<void> = () => undefined,
  ) {}

  async start(): Promise<this> {
    this.consumption = await this.bus.consume({
      startOffsets: async () => this.next,
      observe: (event) => this.events.push(event),
      handle: async (batch) => {
        await this.before(batch, this);
        this.handled.push(...batch.records);
        this.next.set(batch.partition, (batch.records.at(-1)?.offset ?? 0n) + 1n);
      },
      ...this.options,
    });
    return this;
  }

  of(partition: number): string[] {
    return values(this.handled.filter((one) => one.partition === partition));
  }

  /** The partitions of the last assignment. */
  assigned(): readonly number[] {
    const assigned = this.events.filter((event) => event.kind === 'assigned');
    return assigned.at(-1)?.partitions ?? [];
  }

  async stop(): Promise<void> {
    await this.consumption?.stop();
  }
}

/** Resolves when it holds; rejects with what was seen when it does not for two minutes. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  seen: () => unknown = () => '',
): Promise<void> {
  for (const late = Date.now() + patience - 5_000; Date.now() < late; await pause(20))
    if (await holds()) return;
  throw new Error(`it did not happen: ${holds.toString()} ${JSON.stringify(seen(), printable)}`);
}

const printable = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
