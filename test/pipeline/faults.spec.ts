import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { EventBus, type StoredRecord } from '#event-bus';
import type { Recorded } from '#event-sourcing';
import { EventStore } from '#event-store';
import { publishedStreams } from '#public-events';
import { logTopic, publicTopic } from '#topics';
import { pino } from 'pino';
import { startPostgres } from '../postgres/start-postgres.js';
import type { StationProcess } from '../processes/station.process.js';
import { contents } from '../event-bus/bus.fixture.js';
import { describeWith } from '../servers/describe-with.fixture.js';
import { Desk } from './desk.js';
import { startServers } from './pipeline.process.js';
import { breakConnections, rowsOfAll } from './read-models.js';
import { flaws } from './topic-copy.js';

jest.setTimeout(900_000);

const points = Number(process.env['FAULT_POINTS'] ?? 6);
const canary = '李奶奶13800000000';

await describeWith('Kafka with PostgreSQL', startServers, 'a pipeline whose parts are killed', (servers) => {
  const bus = new EventBus({
    brokers: servers.kafka.addresses,
    clientId: 'spec',
    log: pino({ level: 'silent' }),
  });
  const store = EventStore.connect(servers.eventStoreUrl, 'as-stored');
  let desk: Desk;
  let commands: StationProcess;
  let last = { token: '', id: '' };

  beforeAll(async () => {
    commands = await servers.start('commands');
    desk = new Desk(servers.home, commands.url);
    await desk.open('YFXJ');
  });
  afterAll(async () => {
    await store.dispose();
    await servers.stop();
  });

  const written = async (): Promise<Recorded[]> => {
    const events: Recorded[] = [];
    const leaving = new AbortController();
    for await (const delivery of store.subscribe({ streams: publishedStreams, signal: leaving.signal })) {
      if (delivery.kind === 'event') events.push(delivery.event);
      if (delivery.kind === 'caught-up') break;
    }
    leaving.abort();
    return events;
  };

  /** Logs and assigns until the signal ends it. */
  const load = async (signal: AbortSignal) => {
    while (!signal.aborted) {
      const logged = await desk.log('YFXJ', canary);
      const assigned = await desk.assign('YFXJ', logged.body.id as string);
      last = { token: assigned.token, id: logged.body.id as string };
      await sleep(10);
    }
  };

  const expectWholeTopics = async () => {
    const log = await written();
    for (const { name } of [logTopic, publicTopic]) {
      for (let tries = 0; tries < 200 && flaws(log, await contents(bus, name)).length > 0; tries += 1)
        await sleep(200);
      expect(flaws(log, await contents(bus, name))).toEqual([]);
    }
    const shown = [...(await contents(bus, publicTopic.name)).values()].flat() as StoredRecord[];
    expect(shown.length).toBeGreaterThan(points);
    expect(
      shown.filter(({ value, headers }) => (value + JSON.stringify(headers)).includes('李奶奶')),
    ).toEqual([]);
  };

  it(`loses and doubles nothing over ${points} kills of relay and projector, under load`, async () => {
    const ending = new AbortController();
    const loads = [load(ending.signal), load(ending.signal)];
    for (let point = 0; point < points; point += 1) {
      const [relay, queries] = await Promise.all([servers.start('relay'), servers.start('queries')]);
      await sleep(Math.random() * 400);
      if (point % 5 === 0) await breakConnections(servers.postgres.url);
      await sleep(Math.random() * 400);
      await Promise.all([relay.kill(), queries.kill()]);
    }
    ending.abort();
    await Promise.all(loads);
    const relays = await Promise.all([servers.start('relay'), servers.start('relay')]);
    const readers = await Promise.all([servers.start('queries'), servers.start('queries')]);
    for (const { url } of readers)
      expect((await desk.read(url, `/v1/requests/${last.id}`, { token: last.token })).status).toBe(200);
    await expectWholeTopics();

    const other = await startPostgres();
    if ('unavailable' in other) throw new Error(other.unavailable);
    const direct = await servers.start('queries', { KAFKA_BROKERS: '', DATABASE_URL: other.url });
    await desk.read(direct.url, `/v1/requests/${last.id}`, { token: last.token });
    for (let tries = 0; tries < 200; tries += 1) {
      if (
        JSON.stringify(await rowsOfAll(servers.postgres.url)) === JSON.stringify(await rowsOfAll(other.url))
      )
        break;
      await sleep(100);
    }
    const rows = await rowsOfAll(servers.postgres.url);
    expect(rows).toEqual(await rowsOfAll(other.url));
    expect(Object.values(rows).flat().length).toBeGreaterThan(points);
    for (const path of [
      '/v1/stations/YFXJ/logbook?limit=200',
      `/v1/districts/${encodeURIComponent('海淀区')}/statistics`,
    ]) {
      const { asOf: one, ...fromKafka } = (await desk.read(readers[0]?.url ?? '', path)).body;
      const { asOf: two, ...fromStore } = (await desk.read(direct.url, path)).body;
      expect(JSON.stringify(fromKafka)).toBe(JSON.stringify(fromStore));
      expect(one.position).toBe(two.position);
    }
    await Promise.all([...relays, ...readers, direct].map((one) => one.stop()));
    await other.stop();
  });

  it('fills a partition again that Kafka has lost, and goes on', async () => {
    const [relay, queries] = await Promise.all([servers.start('relay'), servers.start('queries')]);
    const [broker] = servers.kafka.brokers;
    await sleep(3_000); // a checkpoint is written
    await broker?.shutDown();
    for (const topic of [logTopic, publicTopic])
      await rm(join(broker?.data ?? '', `${topic.name}-3`), { recursive: true });
    await broker?.start();
    await relay.writes(/has lost records that were there/, 120_000);
    const logged = await desk.log('YFXJ', canary);
    const seen = await desk.read(queries.url, `/v1/requests/${logged.body.id}`, { token: logged.token });
    expect(seen.status).toBe(200);
    await expectWholeTopics();
    expect([await relay.stop(), await queries.stop()]).toEqual([0, 0]);
  });

  it('does not answer from before a write while the projector stands still', async () => {
    const [relay, one, two] = await Promise.all([
      servers.start('relay'),
      servers.start('queries'),
      servers.start('queries'),
    ]);
    const logged = await desk.log('YFXJ', canary);
    const path = `/v1/requests/${logged.body.id}`;
    expect((await desk.read(two.url, path, { token: logged.token })).status).toBe(200);
    relay.signal('SIGSTOP');
    const later = await desk.assign('YFXJ', logged.body.id as string);
    expect((await desk.read(two.url, path, { token: later.token, wait: 1 })).status).toBe(503);
    relay.signal('SIGCONT');
    // The other one leaves the group while the write is waited for: its partitions move.
    const [seen] = await Promise.all([desk.read(two.url, path, { token: later.token }), one.stop()]);
    expect(seen.status).toBe(200);
    expect(JSON.stringify(seen.body)).toContain('永丰物业');
    await Promise.all([relay.stop(), two.stop()]);
  });
});
