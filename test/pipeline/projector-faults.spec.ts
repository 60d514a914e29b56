import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { logTopic } from '#topics';
import { publicTopic } from '#public-events';
import { yizhan } from '../import/yizhan.process.js';
import type { StationProcess } from '../processes/station.process.js';
import { chance } from '../reliability/kill-point.js';
import { describeWith } from '../servers/describe-with.fixture.js';
import { Desk } from './desk.js';
import { Evidence } from './evidence.js';
import { HeldTable } from './open-transactions.js';
import type { PipelineRun } from './pipeline-run.js';
import { startServers } from './pipeline.process.js';
import { poison } from './poison.js';
import { postgresRestarts, projectorKills } from './projector-runs.js';

jest.setTimeout(600_000);

const path = (id: string) => `/v1/requests/${id}`;

await describeWith('Kafka with PostgreSQL', startServers, 'the read models', (servers) => {
  const seed = Math.floor(Math.random() * 1e6);
  const evidence = new Evidence(servers);
  let [desk, relay] = [] as unknown as [Desk, StationProcess];
  let [one, two] = [] as unknown as [StationProcess, StationProcess];

  beforeAll(async () => {
    desk = new Desk(servers.home, (await servers.start('commands')).url);
    await desk.open('YFXJ');
  });
  afterAll(async () => {
    await evidence.close();
    await servers.stop();
  });

  const run = (points: number): PipelineRun => ({
    servers,
    desk,
    points,
    writesPerSecond: 15,
    random: chance(seed),
    say: () => undefined,
  });
  const written = async () => {
    const logged = await desk.log('YFXJ', '楼前结冰');
    return { id: logged.body.id as string, token: logged.token };
  };

  it(`are those of a rebuild after a projector was killed and PostgreSQL restarted (seed ${seed})`, async () => {
    const killed = await projectorKills({ ...run(1), compared: false });
    const restarted = await postgresRestarts(run(1));
    expect([...killed.violations, ...restarted.violations]).toEqual([]);
    expect([killed.points, restarted.points]).toEqual([1, 1]);
  });

  it('do not answer from before a write while their projector stands still, and answer when another has its partitions', async () => {
    [relay, one] = await Promise.all([servers.start('relay'), servers.start('queries')]);
    const early = await written();
    expect((await desk.sees(one.url, path(early.id), early)).status).toBe(200);
    one.signal('SIGSTOP'); // it keeps its partitions until its session has run out
    two = await servers.start('queries');
    const { id } = await written();
    const later = await desk.assign('YFXJ', id);
    const asked = await desk.read(two.url, path(id), { token: later.token, wait: 1 });
    const answers = [asked.status, JSON.stringify(asked.body).includes('永丰物业')];
    expect([
      [503, false],
      [200, true],
    ]).toContainEqual(answers);
    const seen = await desk.sees(two.url, path(id), later);
    expect(JSON.stringify(seen.body)).toContain('永丰物业');
    one.signal('SIGCONT');
    // And while the other one leaves and comes back, a write is never answered from before it.
    const [again] = await Promise.all([written(), one.stop()]);
    expect((await desk.sees(two.url, path(again.id), again)).status).toBe(200);
  });

  it('do not answer from before a write when nothing projects', async () => {
    relay.signal('SIGSTOP');
    const { id, token } = await written();
    const asked = await desk.read(two.url, path(id), { token, wait: 1 });
    relay.signal('SIGCONT');
    expect(asked.status).toBe(503);
    expect((await desk.sees(two.url, path(id), { token })).status).toBe(200);
  });

  it('count once what a projector commits after it has lost the partition', async () => {
    const held = await HeldTable.hold(servers.postgres.url, 'request_3');
    const writes = await Promise.all(Array.from({ length: 12 }, written));
    await held.keepsWaiting('request_3');
    two.signal('SIGSTOP'); // its transaction stays open
    await held.release();
    one = await servers.start('queries');
    await held.keepsWaiting('for update'); // the new owner of the partition, at the checkpoint's row
    two.signal('SIGCONT');
    for (const { id, token } of writes)
      expect((await desk.sees(one.url, path(id), { token })).status).toBe(200);
    await held.end();
    const last = writes.at(-1) as (typeof writes)[0];
    expect(await evidence.ofReadModels(desk, last)).toEqual([]);
    await two.stop();
  });

  it('are read while they are rebuilt, and show what was written meanwhile', async () => {
    const before = await written();
    const rebuilding = yizhan(servers.home, ['rebuild', 'request', '--url', one.url]);
    const done = new AbortController();
    void rebuilding.then(() => done.abort());
    do {
      const { id, token } = await written();
      expect((await desk.sees(one.url, path(id), { token })).status).toBe(200);
      expect((await desk.read(one.url, path(before.id), before)).status).toBe(200);
    } while (!done.signal.aborted);
    expect((await rebuilding).output).toContain('Rebuilt request');
  });

  it('are whole after Kafka lost a partition that the relay filled again', async () => {
    const [broker] = servers.kafka.brokers;
    await sleep(3_000); // a checkpoint is written
    await one.stop();
    await broker?.shutDown();
    for (const topic of [logTopic, publicTopic])
      await rm(join(broker?.data ?? '', `${topic.name}-3`), { recursive: true });
    await broker?.start();
    await relay.writes(/has lost records that were there/, 180_000);
    // The partition holds nothing twice now, and may be shorter than it was; then it grows.
    const writes = await Promise.all(Array.from({ length: 24 }, written));
    expect(await evidence.ofTopics()).toEqual([]);
    one = await servers.start('queries');
    for (const { id, token } of writes)
      expect((await desk.sees(one.url, path(id), { token })).status).toBe(200);
    expect(await evidence.ofReadModels(desk, writes[0] as (typeof writes)[0])).toEqual([]);
  });

  it('park what cannot be applied with all that follows of its stream, and nothing else', async () => {
    const { stream, token } = await poison(servers.eventStoreUrl);
    const cli = (...args: string[]) => yizhan(servers.home, [...args, '--url', one.url]);
    await one.writes(/has parked request-YFXJ-/, 180_000);
    const { id, ...other } = await written();
    expect((await desk.sees(one.url, path(id), other)).status).toBe(200);
    expect((await cli('parked')).output).toContain(stream);
    const asked = await desk.read(one.url, path(stream.slice('request-'.length)), { token, wait: 1 });
    expect(asked.status).toBe(503);
  });

  it('end in good order', async () => {
    expect(await Promise.all([relay.stop(), one.stop()])).toEqual([0, 0]);
  });
});
