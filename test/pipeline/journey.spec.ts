import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import type { EventToAppend } from '#event-sourcing';
import { partitionOf } from '#event-bus';
import { EventStore } from '#event-store';
import { logTopic } from '#topics';
import type { StationProcess } from '../processes/station.process.js';
import { describeWith } from '../servers/describe-with.fixture.js';
import { yizhan } from '../import/yizhan.process.js';
import { type Answer, Desk } from './desk.js';
import { startServers } from './pipeline.process.js';
import { rowsOfAll } from './read-models.js';
import { carries } from './relay-runs.js';

jest.setTimeout(300_000);

const logbook = '/v1/stations/YFXJ/logbook';

const unheard = 'request-SUNG';

/** An event that no code of this system knows. */
const sung: EventToAppend = {
  id: '0b6f3a52-7a3c-5d0e-8a4c-0c2c4b4b6a99',
  type: 'RequestSung',
  data: {},
  metadata: {
    $correlationId: '1',
    $causationId: '1',
    actor: { subject: 's', name: 'n', role: 'volunteer' },
    schema: 1,
    commandHash: 'h',
  },
};

type Lag = { projections: { name: string; state: string; lagEvents: number }[] };
const behind = ({ projections }: Lag) =>
  projections.some(({ state, lagEvents }) => state !== 'live' || lagEvents !== 0);

const metrics = async ({ url }: StationProcess) => (await fetch(`${url}/metrics`)).text();

await describeWith('Kafka with PostgreSQL', startServers, 'a district', (servers) => {
  let [commands, relay, queries] = [] as unknown as [StationProcess, StationProcess, StationProcess];
  let desk: Desk;

  beforeAll(async () => {
    [commands, relay, queries] = await Promise.all([
      servers.start('commands'),
      servers.start('relay'),
      servers.start('queries'),
    ]);
    desk = new Desk(servers.home, commands.url);
  });
  afterAll(() => servers.stop());

  const cli = (...args: string[]) => yizhan(servers.home, [...args, '--url', queries.url]);
  const lag = async () => JSON.parse((await cli('lag', '--json')).output) as Lag;
  const requestLag = async () => (await lag()).projections.find(({ name }) => name === 'request');

  const reads = async (signal: AbortSignal) => {
    const statuses: number[] = [];
    while (!signal.aborted) statuses.push((await desk.read(queries.url, logbook)).status);
    return statuses;
  };

  it('knows of each topic how far it is before anything was written', async () => {
    await relay.writes(carries);
    expect(await lag()).toMatchObject({
      relay: [
        // What no topic carries may stand in the store already; a later checkpoint is past it.
        { topic: 'yizhan.events.v1', position: expect.stringMatching(/^\d+$/), lagEvents: 0 },
        { topic: 'yizhan.log.v1', position: expect.stringMatching(/^\d+$/), lagEvents: 0 },
      ],
    });
  });

  it('shows at one process what was written at another, through event store, relay and Kafka', async () => {
    await desk.open('YFXJ');
    const logged = await desk.log('YFXJ', '楼前结冰');
    const assigned = await desk.assign('YFXJ', logged.body.id);
    expect(assigned.status).toBe(200);
    const seen = await desk.sees(queries.url, `/v1/requests/${logged.body.id}`, assigned);
    expect(seen).toMatchObject({ status: 200, body: { id: logged.body.id, summary: '楼前结冰' } });
    expect(JSON.stringify(seen.body)).toContain('永丰物业');
  });

  it('tells its operators how far relay and projections are', async () => {
    expect(await metrics(relay)).toMatch(/yizhan_relay_state\{topic="yizhan.log.v1",state="carrying"\} 1/);
    expect(await metrics(relay)).toMatch(/yizhan_relay_published_total\{topic="yizhan.events.v1"\} [1-9]/);
    const counted = /yizhan_relay_lag_events\{topic="yizhan.log.v1"\} 0\n/;
    for (let tries = 0; tries < 100 && !counted.test(await metrics(relay)); tries += 1) await sleep(200);
    const carried = await metrics(relay);
    expect(carried).toMatch(counted);
    expect(carried).toMatch(/yizhan_relay_lag_seconds\{topic="yizhan.log.v1"\} \d/);
    expect(carried).toMatch(/yizhan_relay_recoveries_total\{topic="yizhan.log.v1",lost="false"\} 1\n/);
    expect(carried).toMatch(/yizhan_relay_skipped_total\{topic="yizhan.log.v1"\} 0\n/);
    const upToDate = /yizhan_projection_lag_seconds\{projection="request"\} 0\n/;
    for (let tries = 0; tries < 100 && !upToDate.test(await metrics(queries)); tries += 1) await sleep(200);
    const projected = await metrics(queries);
    expect(projected).toMatch(upToDate);
    expect(projected).toMatch(/yizhan_projection_rebalances\{projection="request"\} [1-9]/);
    for (const condition of ['lag_events', 'parked_records', 'halted_partitions', 'gaps'])
      expect(projected).toContain(`yizhan_projection_${condition}{projection="request"} 0\n`);
  });

  it('says on the command line how far they are, and rebuilds while it is read', async () => {
    // Each projection comes at its own pace, and looks how far it has come once a second.
    let found = await lag();
    for (let tries = 0; tries < 60 && behind(found); tries += 1) found = await lag();
    expect(found).toMatchObject({
      relay: [{ topic: 'yizhan.events.v1' }, { topic: 'yizhan.log.v1' }],
      projections: expect.arrayContaining([
        expect.objectContaining({ name: 'logbook', state: 'live', lagEvents: 0, parked: 0, halted: [] }),
      ]),
    });
    expect((await cli('parked')).output).toBe('Nothing is parked.\n');
    expect((await cli('parked', 'retry', 'logbook', 'request-1')).code).toBe(1);
    const before = await desk.read(queries.url, logbook);
    const ending = new AbortController();
    const reading = reads(ending.signal);
    expect((await cli('rebuild', 'logbook')).output).toContain('Rebuilt logbook from 6 events');
    ending.abort();
    expect(new Set(await reading)).toEqual(new Set([200]));
    expect((await desk.read(queries.url, logbook)).body).toEqual(before.body);
    const { logbook_2: fresh, logbook_2_old: old } = await rowsOfAll(servers.postgres.url);
    expect(fresh).toEqual(old);
    expect(fresh).toHaveLength(1);
    expect((await cli('rebuild', 'logbook', '--drop-old')).output).toBe(
      'Dropped the old tables of logbook.\n',
    );
  });

  it('halts what an event cannot pass, says so, and skips nothing', async () => {
    const store = EventStore.connect(servers.eventStoreUrl, 'as-stored');
    await store.append(unheard, 'no_stream', [sung]);
    await store.dispose();
    await relay.writes(/yizhan\.events\.v1 is carried no further until somebody has looked: RequestSung/);
    expect((await fetch(`${relay.url}/health/ready`)).status).toBe(503);
    const published = async () =>
      /published_total\{topic="yizhan.events.v1"\} (\d+)/.exec(await metrics(relay))?.[1];
    const before = await published();
    // The other topic carries it. There each projection stands still in that partition, and shows what comes in the others.
    const partition = partitionOf(unheard, logTopic.partitions);
    let request = await requestLag();
    for (let tries = 0; tries < 60 && request?.state !== 'failed'; tries += 1) request = await requestLag();
    expect(request).toMatchObject({ state: 'failed', halted: [{ partition }] });
    let logged: Answer;
    do {
      logged = await desk.log('YFXJ', '又结冰');
      expect(logged.status).toBe(201);
    } while (partitionOf(`request-${logged.body.id}`, logTopic.partitions) === partition);
    expect((await desk.sees(queries.url, `/v1/requests/${logged.body.id}`, logged)).status).toBe(200);
    expect(await published()).toBe(before);
  });

  it('ends its processes in good order', async () => {
    expect(await Promise.all([commands.stop(), relay.stop(), queries.stop()])).toEqual([0, 0, 0]);
  });
});
