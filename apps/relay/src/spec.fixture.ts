import { type EventBus, type OutgoingRecord, type StoredRecord, partitionOf } from '#event-bus';
import type { Recorded } from '#event-sourcing';
import { toLogRecord } from '#topics';

export const partitions = 2;
export const topic = { name: 'spec', partitions, clusterId: 'here' };

export const event = (position: number, stream: string): Recorded => ({
  type: 'NoteAdded',
  data: { note: 'n' },
  id: `event-${position}`,
  stream,
  revision: 0n,
  position: BigInt(position),
  recordedAt: '2026-11-22T01:00:00.000Z',
  occurredAt: '2026-11-22T01:00:00.000Z',
  metadata: {
    $correlationId: 'c',
    $causationId: 'c',
    actor: { subject: 's', name: 'n', role: 'volunteer' },
    schema: 1,
    commandHash: 'h',
  },
});

// One stream for each of the two partitions.
const names = Array.from({ length: 20 }, (_, index) => `request-${index}`);
const inPartition = (partition: number) =>
  names.find((name) => partitionOf(name, partitions) === partition) as string;
export const even = inPartition(0);
export const odd = inPartition(1);

/** A topic in memory, each record at its place in the list of its partition. */
export class Records {
  readonly stored: StoredRecord[][] = [[], []];
  opened = 0;
  /** Refuses what it says. */
  refuse: (records: readonly OutgoingRecord[]) => void = () => undefined;

  put(...events: Recorded[]): void {
    for (const one of events) this.append(partitionOf(one.stream, partitions), toLogRecord(one, 0n));
  }

  positions = (partition: number) => this.header(partition, 'ce_position');
  previous = (partition: number) => this.header(partition, 'ce_prevposition');

  bus(): EventBus {
    const { stored } = this;
    const bus: Pick<EventBus, 'readTails' | 'openPublisher'> = {
      async *readTails(_, from) {
        for (const [partition, offset] of from) yield* stored[partition]?.slice(Number(offset)) ?? [];
      },
      openPublisher: async () => {
        this.opened += 1;
        return {
          publish: async (partition, records) => {
            this.refuse(records);
            const first = stored[partition]?.length ?? 0;
            for (const record of records) this.append(partition, record);
            return BigInt(first);
          },
          close: async () => undefined,
        };
      },
    };
    return bus as EventBus;
  }

  private append(partition: number, record: OutgoingRecord): void {
    const log = this.stored[partition] as StoredRecord[];
    log.push({ ...record, partition, offset: BigInt(log.length) });
  }

  private header = (partition: number, name: string) =>
    (this.stored[partition] ?? []).map(({ headers }) => Number(headers[name]));
}
