import { setTimeout as wait } from 'node:timers/promises';
import { EventStoreDBClient, jsonEvent, START, type StreamSubscription } from '@eventstore/db-client';
import { startMeasuredNode, type MeasuredNode } from './measured-node.process.js';
import { fill } from './store-filling.js';

const MiB = 1024 * 1024;

describe('many subscribers and slow ones', () => {
  let node: MeasuredNode;
  let client: EventStoreDBClient;
  beforeAll(async () => {
    node = await startMeasuredNode();
    client = EventStoreDBClient.connectionString(node.connectionString);
  });
  afterAll(async () => {
    await client.dispose();
    expect(await node.stop()).toBe(true);
  });

  it('200 subscribers on one writer get everything once and in order', async () => {
    const events = 200;
    const subscriptions = Array.from({ length: 200 }, () =>
      client.subscribeToStream('one-writer', { fromRevision: START }),
    );
    const heard = subscriptions.map((subscription) => revisions(subscription, events));
    for (let at = 0; at < events; at += 2) {
      await client.appendToStream(
        'one-writer',
        [0, 1].map(() => jsonEvent({ type: 'Happened', data: {} })),
      );
    }
    const expected = Array.from({ length: events }, (_, at) => at);
    for (const each of await Promise.all(heard)) expect(each).toEqual(expected);
  }, 180_000);

  it('a slow reader of 100,000 events costs the node no more than a fast one', async () => {
    await fill(node.connectionString, 100_000);
    const before = await node.measure();
    let read = 0;
    let most = 0;
    for await (const { event } of client.readStream('filling')) {
      expect(Number(event?.revision)).toBe(read++);
      if (read % 10_000 !== 0) continue;
      await wait(200);
      most = Math.max(most, (await node.measure()).bytes);
    }
    expect(read).toBe(100_000);
    expect(most - before.bytes).toBeLessThan(15 * MiB);
  }, 240_000);
});

async function revisions(subscription: StreamSubscription, count: number): Promise<number[]> {
  const heard: number[] = [];
  for await (const { event } of subscription) if (heard.push(Number(event?.revision)) === count) break;
  return heard;
}
