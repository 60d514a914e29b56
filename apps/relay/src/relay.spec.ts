import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import type { EventBus } from '#event-bus';
import type { EventStore } from '#event-store';
import { type Database, InMemoryFeed, openDatabase, startEmbeddedPostgres } from '#read-store';
import { toLogRecord } from '#topics';
import { Checkpoints } from './relay.checkpoints.js';
import { Relay } from './relay.js';
import { even, event, odd, topic } from './spec.fixture.js';

/** A bus whose brokers do not answer. */
const silent = {
  openTopic: () => Promise.reject(new Error('no broker answers')),
} as unknown as EventBus;

describe('a relay that cannot reach its topic', () => {
  let database: Database;
  let close: () => Promise<void>;
  let relay: Relay | undefined;

  beforeAll(async () => {
    const embedded = await startEmbeddedPostgres();
    database = openDatabase(embedded.connectionString, () => undefined);
    close = async () => {
      await database.end();
      await embedded.close();
    };
    const checkpoints = new Checkpoints(database);
    await checkpoints.prepare();
    await checkpoints.save(topic.name, {
      clusterId: topic.clusterId,
      position: 2n,
      partitions: new Map([[0, { nextOffset: 2n, position: 2n }]]),
    });
  }, 60_000);
  afterAll(async () => {
    await relay?.stop();
    await close();
  });

  it('counts what waits behind what it knows to be there', async () => {
    const store = new InMemoryFeed([event(1, even), event(2, even), event(3, odd), event(4, even)]);
    relay = new Relay({
      store: store as unknown as EventStore,
      bus: silent,
      database,
      topic,
      streams: ['request-'],
      toRecord: toLogRecord,
      log: pino({ level: 'silent' }),
    });
    while (relay.state !== 'retrying') await sleep(5);
    expect(() => relay?.check()).toThrow('no broker answers');
    expect(await relay.lagEvents()).toBe(2);
  });
});
