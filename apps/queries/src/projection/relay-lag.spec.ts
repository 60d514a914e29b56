import type { Recorded } from '#event-sourcing';
import type { EventStore } from '#event-store';
import { type Database, InMemoryFeed } from '#read-store';
import { relayLags } from './relay-lag.js';

const events = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    stream: 'request-1',
    position: BigInt(index + 1),
    recordedAt: '2026-11-22T01:30:00.000Z',
  })) as Recorded[];
const database = {
  query: async () => ({ rows: [{ there: true, topic: 'yizhan.log.v1', position: '1' }] }),
} as unknown as Database;
const lagOf = async (count: number) =>
  (await relayLags(database, new InMemoryFeed(events(count)) as unknown as EventStore))[0];

describe('how far a relay is behind', () => {
  it('is counted, and said to be at least so much where the counting ends', async () => {
    expect(await lagOf(3)).toMatchObject({ lagEvents: 2, atLeast: false });
    expect(await lagOf(10_500)).toMatchObject({ lagEvents: 10_000, atLeast: true });
  });
});
