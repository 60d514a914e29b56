import { type ConsumeOptions, type EventBus, HaltPartition, type StoredRecord } from '#event-bus';
import { Gap, type Link } from '#read-store';
import { KafkaFeed } from './kafka.feed.js';

const record: StoredRecord = {
  partition: 2,
  offset: 7n,
  key: 'request-1',
  value: '{}',
  headers: { ce_position: '12', ce_prevposition: '0' },
};

const startOffsets = async () => new Map<number, bigint>();

/** How a bus hears of what its feed makes of a record. */
async function heard(headers: Record<string, string>, handle = async () => {}): Promise<unknown> {
  let consumed: ConsumeOptions | undefined;
  const bus = {
    openTopic: async () => ({}),
    consume: async (options: ConsumeOptions) => void (consumed = options),
  } as unknown as EventBus;
  await new KafkaFeed(bus, {}).follow({ group: 'g', startOffsets, handle, observe: () => {} });
  const { signal } = new AbortController();
  const batch = { partition: 2, records: [{ ...record, headers }], end: 8n, signal };
  return (async () => consumed?.handle(batch))().catch((error: unknown) => error);
}

describe('the log from Kafka', () => {
  it('is handed over', async () => expect(await heard(record.headers)).toBeUndefined());

  it.each(['ce_position', 'ce_prevposition'])(
    'stands still in its partition at a record without %s, which nobody will mend by waiting',
    async (header) => {
      const { [header]: _, ...headers } = record.headers;
      for (const written of [headers, { ...headers, [header]: 'first' }]) {
        const error = await heard(written);
        expect(error).toBeInstanceOf(HaltPartition);
        expect((error as Error).message).toContain(`a record of request-1 has no ${header}`);
      }
    },
  );

  it('stands still where a projection halts', async () => {
    const gap = new Gap(2, { position: 12n, previous: 9n } as Link, 3n, 0);
    expect(await heard(record.headers, () => Promise.reject(gap))).toBeInstanceOf(HaltPartition);
  });
});
