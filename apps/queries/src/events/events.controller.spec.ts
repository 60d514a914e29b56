import { publicEvent } from '#public-events';
import {
  type Claims,
  type QueriesApplication,
  admin,
  analyst,
  auditor,
  coordinator,
  handler,
  startQueries,
  supervisor,
  tokenOf,
  volunteer,
} from '../spec/queries.application.js';
import { Subscriber } from '../spec/subscriber.js';
import { property } from '../spec/town.js';

const at = '2026-11-22T02:00:00.000Z';
const beginning = '?from=beginning';

const headers = (as: Claims, lastEventId?: string) => ({
  authorization: `Bearer ${tokenOf(as)}`,
  ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
});

const positions = (subscriber: Subscriber) => subscriber.messages.map(({ data }) => Number(data.position));

describe('GET /v1/events', () => {
  let app: QueriesApplication;
  let id: string;
  const open: Subscriber[] = [];

  // Positions: 1 to 3 the stations, 4 to 7 a request at YFXJ, 8 and 9 those elsewhere, 10 one of a station nobody opened.
  beforeAll(async () => {
    app = await startQueries();
    await app.town.open('YFXJ');
    await app.town.open('ZGC2', { community: '中关村社区' });
    await app.town.open('CYMN', { community: '麦子店', street: '麦子店街道', district: '朝阳区' });
    id = await app.town.log('YFXJ', at, { resident: { name: '王桂兰', phone: '13800000000', flat: '501' } });
    await app.town.act(id, at, { type: 'Assign', data: { to: property } });
    await app.town.act(id, at, { type: 'Resolve', data: { outcome: '物业已清理' } });
    await app.town.log('ZGC2', at);
    await app.town.log('CYMN', at);
    const withdrawn = [{ type: 'Withdrawn', data: { reason: '' } }];
    await app.town.append('request-NOWHERE-261122-00000', 'no_stream', withdrawn, at);
  }, 60_000);
  afterEach(() => Promise.all(open.splice(0).map((subscriber) => subscriber.leave())));
  afterAll(() => app.close());

  const follow = async (query: string, as: Claims = analyst, lastEventId?: string) => {
    const subscriber = await Subscriber.connect(`${app.url}/v1/events${query}`, headers(as, lastEventId));
    open.push(subscriber);
    return subscriber;
  };
  /** What somebody gets of the first ten, and a moment for what should not come. */
  const seen = async (query: string, as: Claims, count: number) => {
    const subscriber = await follow(query, as);
    await subscriber.first(count);
    await new Promise((resolve) => setTimeout(resolve, 100));
    return positions(subscriber).filter((position) => position <= 10);
  };

  it('tells everything in order, as CloudEvents without personal data', async () => {
    const messages = await (await follow(beginning)).first(10);
    expect(messages.map(({ data }) => data.id)).toEqual(
      app.town.store.all.slice(0, 10).map((event) => publicEvent(event).id),
    );
    expect(messages[4]).toEqual({
      id: expect.stringMatching(/^[\w-]{48}$/),
      event: 'cn.yizhan.request.assigned.v1',
      data: {
        specversion: '1.0',
        ...publicEvent(app.town.store.all[4]!),
        dataschema: 'https://yizhan.example/schemas/request.assigned.v1.json',
        datacontenttype: 'application/json',
      },
    });
    expect(JSON.stringify(messages)).not.toMatch(/王桂兰|13800000000|物业已清理/);
  });

  it.each<[string, Claims, number[]]>([
    ['analyst', analyst, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
    ['auditor', auditor, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
    ['analyst of a district', { ...analyst, district: '朝阳区' }, [3, 9]],
    ['supervisor of a district', supervisor, [1, 2, 4, 5, 6, 7, 8]],
    ['supervisor of a street', { role: 'supervisor', street: '麦子店街道' }, [3, 9]],
    ['coordinator', coordinator, [1, 4, 5, 6, 7]],
    ['volunteer', volunteer, [1, 4, 5, 6, 7]],
    ['volunteer of the station that nobody opened', { ...volunteer, station: 'NOWHERE' }, []],
  ])('shows what lies within the scope, and of no known place nothing: %s', async (_, as, expected) =>
    expect(await seen(beginning, as, expected.length)).toEqual(expected),
  );

  it.each<[string, number[]]>([
    ['&type=request.logged', [4, 8, 9]],
    ['&type=request.logged,request.resolved', [4, 7, 8, 9]],
    ['&type=request.assigned&type=request.resolved', [5, 7]],
    ['&district=海淀区', [1, 2, 4, 5, 6, 7, 8]],
    ['&district=海淀区&type=station.opened', [1, 2]],
    ['&station=CYMN', [3, 9]],
    ['&station=CYMN&district=海淀区', []],
    ['&district=月球', []],
  ])('leaves what was asked for: %s', async (query, expected) =>
    expect(await seen(beginning + query, analyst, expected.length)).toEqual(expected),
  );

  it('begins with now, and goes on from any message without gap or double', async () => {
    const live = await follow('');
    await live.until(() => live.lastEventId !== '');
    const start = live.lastEventId;
    for (let told = 0; told < 5; told += 1) await app.town.log('YFXJ', at);
    const messages = await live.first(5);
    expect(Number(messages[0]?.data.position)).toBe(Number(app.town.position) - 4);
    for (const [index, cursor] of [start, ...messages.map((message) => message.id)].entries()) {
      const rest = messages.slice(index);
      expect(await (await follow('', analyst, cursor)).first(rest.length)).toEqual(rest);
      expect(await (await follow(`?after=${cursor}`)).first(rest.length)).toEqual(rest);
      expect(await (await follow(beginning, analyst, cursor)).first(rest.length)).toEqual(rest);
    }
  });

  it('begins behind the event at a position that history or topic named', async () => {
    const { events } = (await app.get(`/v1/requests/${id}/history`, auditor)).body;
    const { position } = events.find(({ type }: { type: string }) => type === 'Assigned');
    expect(await seen(`?from=${position}`, auditor, 5)).toEqual([6, 7, 8, 9, 10]);
    expect(await seen(`?from=${position}`, { ...analyst, district: '朝阳区' }, 1)).toEqual([9]);
    const here = await follow(`?from=${app.town.position}`);
    await here.until(() => here.lastEventId !== '');
    await app.town.log('YFXJ', at);
    const [first] = await here.first(1);
    expect(Number(first?.data.position)).toBe(Number(app.town.position));
  });

  it('has two hundred followers who all get the same', async () => {
    const subscriptions = app.town.store.subscriptions;
    const followers = await Promise.all(Array.from({ length: 200 }, () => follow('')));
    for (let told = 0; told < 20; told += 1) await app.town.log('YFXJ', at);
    const [one, ...others] = await Promise.all(followers.map((follower) => follower.first(20)));
    for (const other of others) expect(other).toEqual(one);
    expect(app.town.store.subscriptions).toBe(subscriptions);
    expect(await (await fetch(`${app.url}/metrics`)).text()).toMatch(/yizhan_event_streams 200\n/);
  });

  it.each<[string, Claims, string]>([
    ['another subject', { ...analyst, sub: 'another' }, ''],
    ['another role', auditor, ''],
    ['another scope', { ...analyst, district: '海淀区' }, ''],
    ['another filter', analyst, '?type=request.logged'],
  ])('refuses the cursor of %s', async (_, as, query) => {
    const mine = await follow('');
    await mine.until(() => mine.lastEventId !== '');
    const { status, body } = await app.get(`/v1/events${query}`, as, { 'last-event-id': mine.lastEventId });
    expect([status, body.type]).toEqual([403, 'urn:yizhan:problem:foreign-cursor']);
    expect(body.detail).toMatch(/^This cursor belongs to another/);
  });

  it.each<[string, Claims, number, string]>([
    ['?after=AAAA', analyst, 400, 'unknown-cursor'],
    [`?after=${'A'.repeat(48)}`, analyst, 400, 'unknown-cursor'],
    ['?after=AAAA&from=now', analyst, 400, 'invalid-query'],
    ['?from=yesterday', analyst, 400, 'invalid-query'],
    ['?from=-1', analyst, 400, 'invalid-query'],
    ['?from=4.5', analyst, 400, 'invalid-query'],
    ['?from=999999', analyst, 400, 'invalid-query'],
    ['?from=5&after=AAAA', analyst, 400, 'invalid-query'],
    ['?type=request.sung', analyst, 400, 'invalid-query'],
    ['?type=', analyst, 400, 'invalid-query'],
    ['?station=CYMN&station=YFXJ', analyst, 400, 'invalid-query'],
    ['?district=%E5%86', analyst, 400, 'malformed-request'],
    ['?station=NOWHERE', analyst, 404, 'unknown-station'],
    ['?station=CYMN', volunteer, 403, 'foreign-station'],
    ['?station=CYMN', supervisor, 403, 'out-of-scope'],
    ['?district=朝阳区', supervisor, 403, 'out-of-scope'],
    ['', handler, 403, 'forbidden-role'],
    ['', admin, 403, 'forbidden-role'],
  ])('refuses %s with a problem before anything is sent', async (query, as, status, slug) => {
    const answer = await app.get(`/v1/events${query}`, as);
    expect([answer.status, answer.body.type]).toEqual([status, `urn:yizhan:problem:${slug}`]);
  });

  it('answers HEAD with headers only', async () => {
    const answer = await fetch(`${app.url}/v1/events`, { method: 'HEAD', headers: headers(analyst) });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
  });

  it('ends with the token', async () => {
    const soon = Math.floor(Date.now() / 1000) - 3; // five seconds are forgiven
    const follower = await follow('', { ...analyst, exp: soon } as unknown as Claims);
    expect(await follower.ended).toBeUndefined();
    expect(follower.comments).toEqual(['the token has expired: come back with a new one']);
    expect(await (await fetch(`${app.url}/metrics`)).text()).toMatch(/cut_off_total\{why="expired"\} 1\n/);
  });

  it('is documented with its problems', async () => {
    const document = (await (await fetch(`${app.url}/openapi.json`)).json()) as any; // oxlint-disable-line typescript/no-explicit-any
    const { parameters, responses } = document.paths['/v1/events'].get;
    expect(parameters.map(({ name }: { name: string }) => name).sort()).toEqual(
      ['Last-Event-ID', 'after', 'district', 'from', 'station', 'type'].sort(),
    );
    expect(Object.keys(responses)).toEqual(['200', '400', '401', '403', '404', '500', '503']);
    expect(responses['200'].content).toHaveProperty('text/event-stream');
  });

  it('ends with the server, which does not wait for it', async () => {
    const passing = await startQueries();
    const follower = await Subscriber.connect(`${passing.url}/v1/events`, headers(analyst));
    await passing.close();
    expect(await follower.ended).toBeUndefined();
    expect(follower.comments).toEqual(['the server stops: come back']);
  }, 60_000);
});
