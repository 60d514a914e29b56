import { createServer, type Server, type Socket } from 'node:net';
import { launchStation } from '../processes/station.process.js';
import { clientOf, knowing } from './client.js';
import { ice, openTown, property, type Town } from './town.js';

let town: Town;
beforeAll(async () => {
  town = await openTown();
}, 240_000);
afterAll(() => town.leave());

describe('health', () => {
  it('is open to everybody and says what it looked at', async () => {
    expect(await town.get('/health/live')).toMatchObject({ status: 200, body: { status: 'ok' } });
    const ready = await town.get('/health/ready');
    expect(ready.status).toBe(200);
    expect(ready.body['details']).toEqual({
      'event-store': { status: 'up' },
      'read-models': { status: 'up' },
    });
  });

  it('says 503 and what is missing where the event store cannot be reached, and stays alive', async () => {
    const gate = await deadEnd();
    const { port } = gate.address() as { port: number };
    const launched = await launchStation({
      app: 'commands',
      env: { EVENTSTORE_URL: `esdb://127.0.0.1:${port}?tls=false` },
    });
    const [, url = ''] = await launched.writes(/listens on (http:\/\/\S+)/);
    const client = clientOf(url);
    expect((await client.get('/health/live')).status).toBe(200);
    const ready = await client.get('/health/ready');
    expect(ready).toMatchObject({ status: 503, body: { type: 'urn:yizhan:problem:unavailable' } });
    expect(ready.body['checks']).toMatchObject({ 'event-store': { status: 'down' } });
    expect(ready.headers.get('retry-after')).toBeTruthy();
    launched.signal('SIGKILL');
    gate.close();
  }, 120_000);
});

describe('/metrics', () => {
  it('counts requests, appends, and how far every projection is', async () => {
    const assigned = await town.say(await town.logged(), 'assignment', { to: property });
    const token = assigned.headers.get('consistency-token') ?? '';
    await town.get('/v1/requests', {
      as: town.tokens.volunteer,
      headers: knowing(token),
    });
    const { text, headers } = await eventually(
      () => town.get('/metrics'),
      ({ text }) =>
        Number(/projection_position\{projection="request"\} (\d+)/.exec(text)?.[1] ?? -1) >=
        Number.parseInt(token, 10),
    );
    expect(headers.get('content-type')).toMatch(/^text\/plain/);
    expect(text).toMatch(
      /^yizhan_http_request_duration_seconds_count\{method="POST",route="\/v1\/requests\/:id\/assignment",status="200"\} \d+$/m,
    );
    expect(text).toMatch(/^yizhan_appends_total\{category="request",outcome="appended"\} [1-9]/m);
    expect(text).toMatch(/^yizhan_projection_lag_seconds\{projection="request"\} [\d.]+$/m);
  });

  it('does not exist for whoever comes through a proxy', async () => {
    for (const header of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via']) {
      expect((await town.get('/metrics', { headers: { [header]: '203.0.113.7' } })).status).toBe(404);
    }
  });
});

describe('the correlation id', () => {
  it('goes from the request into the answer, the event and the log', async () => {
    const id = await town.logged(ice, { headers: { 'x-correlation-id': 'call-4711' } });
    const [logged] = await town.events.of(`request-${id}`);
    expect(logged?.metadata['$correlationId']).toBe('call-4711');
    const line =
      town.station
        .output()
        .split('\n')
        .find((text) => text.includes('call-4711')) ?? '{}';
    expect(JSON.parse(line)).toMatchObject({
      level: 'info',
      correlationId: 'call-4711',
      method: 'POST',
      url: '/v1/requests',
      status: 201,
    });
  });

  it('stands in a problem, and is made where none is sent or it cannot be read', async () => {
    const asking = { headers: { 'x-correlation-id': 'call-4712' } };
    expect((await town.get('/v1/requests', asking)).body.correlationId).toBe('call-4712');
    const made = await town.get('/v1/requests', { headers: { 'x-correlation-id': 'x'.repeat(129) } });
    expect(made.headers.get('x-correlation-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('the trace', () => {
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

  it('goes from the request into its events and what follows from them', async () => {
    const [kept, twin] = [await town.logged(), await town.logged(ice, { headers: { traceparent } })];
    await town.say(twin, 'merging', { into: kept, reason: '同一处' }, { headers: { traceparent } });
    const own = await town.events.of(`request-${twin}`);
    const tookIn = (await town.events.of(`request-${kept}`)).find(({ type }) => type === 'TookIn');
    for (const event of [...own, tookIn]) expect(event?.metadata['traceparent']).toBe(traceparent);
  });

  it('is left out where it is none', async () => {
    const id = await town.logged(ice, { headers: { traceparent: '00-13800000000-1-01' } });
    const [logged] = await town.events.of(`request-${id}`);
    expect(logged?.metadata).not.toHaveProperty('traceparent');
  });
});

describe('the log', () => {
  it('is JSON for programs, and holds neither tokens nor residents nor the text of a query', async () => {
    const resident = { name: '秘密居民', phone: '13987654321' };
    await town.logged({ ...ice, resident });
    await town.get('/v1/requests?text=%E7%A7%98%E5%AF%86', { as: town.tokens.volunteer });
    const output = town.station.output();
    const lines = output
      .trim()
      .split('\n')
      .filter((line) => !line.startsWith('yizhan-station listens on'));
    for (const line of lines)
      expect(JSON.parse(line)).toMatchObject({ level: expect.any(String), time: expect.any(String) });
    for (const secret of [resident.name, resident.phone, town.tokens.volunteer, '%E7%A7%98'])
      expect(output).not.toContain(secret);
  });
});

/** Takes connections and ends them. */
async function deadEnd(): Promise<Server> {
  const server = createServer((socket: Socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

async function eventually<Value>(
  look: () => Promise<Value>,
  enough: (value: Value) => boolean,
): Promise<Value> {
  for (;;) {
    const value = await look();
    if (enough(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
