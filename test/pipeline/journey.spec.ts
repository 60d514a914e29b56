import { jest } from '@jest/globals';
import type { StationProcess } from '../processes/station.process.js';
import { describeWith } from '../servers/describe-with.fixture.js';
import { Desk } from './desk.js';
import { startServers } from './pipeline.process.js';

jest.setTimeout(300_000);

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

  it('shows at one process what was written at another, through event store, relay and Kafka', async () => {
    await desk.open('YFXJ');
    const logged = await desk.log('YFXJ', '楼前结冰');
    const assigned = await desk.assign('YFXJ', logged.body.id);
    expect(assigned.status).toBe(200);
    const seen = await desk.read(queries.url, `/v1/requests/${logged.body.id}`, assigned);
    expect(seen).toMatchObject({ status: 200, body: { id: logged.body.id, summary: '楼前结冰' } });
    expect(JSON.stringify(seen.body)).toContain('永丰物业');
  });

  it('tells its operators how far relay and projections are', async () => {
    const metrics = async ({ url }: StationProcess) => (await fetch(`${url}/metrics`)).text();
    expect(await metrics(relay)).toMatch(/yizhan_relay_state\{topic="yizhan.log.v1",state="carrying"\} 1/);
    expect(await metrics(relay)).toMatch(/yizhan_relay_published_total\{topic="yizhan.events.v1"\} [1-9]/);
    expect(await metrics(queries)).toMatch(/yizhan_projection_lag_seconds\{projection="request"\} 0\n/);
  });

  it('ends its processes in good order', async () => {
    expect(await Promise.all([commands.stop(), relay.stop(), queries.stop()])).toEqual([0, 0, 0]);
  });
});
