import {
  type QueriesApplication,
  analyst,
  auditor,
  coordinator,
  handler,
  startQueries,
  supervisor,
  volunteer,
} from '../spec/queries.application.js';
import { neighbour } from '../spec/request.samples.js';
import { contractor, property } from '../spec/town.js';

const nameless = (kind: string) => ({ id: null, kind, name: null });

describe('GET /v1/requests', () => {
  let app: QueriesApplication;
  const ids: Record<'ice' | 'lamp' | 'bikes' | 'foreign', string> = {
    ice: '',
    lamp: '',
    bikes: '',
    foreign: '',
  };

  beforeAll(async () => {
    app = await startQueries();
    const { town } = app;
    await town.open('YFXJ');
    await town.open('ZGC2', { community: '中关村社区' });
    await town.open('CYMN', { community: '麦子店', street: '麦子店街道', district: '朝阳区' });
    ids.ice = await town.log('YFXJ', '2026-11-21T23:50:00.000Z', {
      summary: '5号楼前路面结冰',
      details: '老人摔倒',
      category: '道路',
      place: { building: '5号楼', unit: null },
      resident: { name: '王桂兰', phone: '13800000000', flat: '501' },
    });
    ids.lamp = await town.log('YFXJ', '2026-11-22T02:00:00.000Z', {
      summary: '楼道灯不亮',
      category: '照明',
    });
    ids.bikes = await town.log('ZGC2', '2026-11-22T03:00:00.000Z', { summary: '自行车堵门' });
    ids.foreign = await town.log('CYMN', '2026-11-22T04:00:00.000Z');
    await town.act(ids.ice, '2026-11-22T00:10:00.000Z', {
      type: 'Assign',
      data: { to: property, helpers: [contractor] },
    });
    await town.act(ids.ice, '2026-11-22T00:20:00.000Z', { type: 'Resolve', data: { outcome: '物业已清理' } });
  }, 60_000);
  afterAll(() => app.close());

  const listed = async (query: string, as = auditor) =>
    ((await app.get(`/v1/requests${query}`, as)).body.items as { id: string }[]).map(({ id }) => id);

  it('shows a request with its ETag, as it stands', async () => {
    const { status, headers, body } = await app.get(`/v1/requests/${ids.ice}`, volunteer);
    expect([status, headers.get('etag')]).toEqual([200, '"3"']);
    expect(body).toMatchObject({
      id: ids.ice,
      revision: '3',
      status: 'resolved',
      open: false,
      station: { code: 'YFXJ', timeZone: 'Asia/Shanghai', district: '海淀区' },
      resident: { name: '王桂兰', phone: '13800000000', flat: '501' },
      holder: property,
      holderSince: '2026-11-22T00:10:00.000Z',
      lead: property,
      helpers: [contractor],
      loggedAt: '2026-11-21T23:50:00.000Z',
      loggedDay: '2026-11-22',
      firstResponseAt: '2026-11-22T00:20:00.000Z',
      resolvedAt: '2026-11-22T00:20:00.000Z',
      closedAt: null,
      outcome: '物业已清理',
    });
  });

  it('hides residents from handlers and analysts, and free text from analysts', async () => {
    const seen = async (as: Record<string, string>) => (await app.get(`/v1/requests/${ids.ice}`, as)).body;
    expect(await seen(handler)).toMatchObject({
      resident: null,
      summary: '5号楼前路面结冰',
      outcome: '物业已清理',
    });
    expect(await seen(analyst)).toMatchObject({
      resident: null,
      summary: null,
      details: null,
      outcome: null,
      loggedBy: null,
    });
    expect(JSON.stringify(await seen(handler))).not.toMatch(/王桂兰|13800000000|"501"/);
    expect((await app.get('/v1/requests?text=王', analyst)).status).toBe(403);
    expect(await listed('?text=王桂兰', handler)).toEqual([]);
  });

  it('lists what lies within the caller’s scope, newest first', async () => {
    expect(await listed('')).toEqual([ids.foreign, ids.bikes, ids.lamp, ids.ice]);
    expect(await listed('', supervisor)).toEqual([ids.bikes, ids.lamp, ids.ice]);
    expect(await listed('', coordinator)).toEqual([ids.lamp, ids.ice]);
    expect(await listed('', volunteer)).toEqual([ids.lamp, ids.ice]);
    expect(await listed('', handler)).toEqual([ids.ice]);
    expect(await listed('', { ...handler, unit: 'gongcheng' })).toEqual([ids.ice]);
    expect(await listed('', { ...handler, unit: 'nobody' })).toEqual([]);
  });

  it('refuses a single request outside the scope', async () => {
    const refused = await app.get(`/v1/requests/${ids.bikes}`, volunteer);
    expect([refused.status, refused.body.type]).toEqual([403, 'urn:yizhan:problem:foreign-station']);
    expect((await app.get(`/v1/requests/${ids.lamp}`, handler)).body.type).toBe(
      'urn:yizhan:problem:out-of-scope',
    );
    expect((await app.get('/v1/requests/YFXJ-261122-00000', volunteer)).status).toBe(404);
  });

  it.each([
    ['?station=YFXJ', ['lamp', 'ice']],
    ['?district=朝阳区', ['foreign']],
    ['?status=resolved', ['ice']],
    ['?open=true', ['foreign', 'bikes', 'lamp']],
    ['?open=false', ['ice']],
    ['?category=照明', ['lamp']],
    ['?holder=wuye', ['ice']],
    ['?from=2026-11-22&to=2026-11-22', ['foreign', 'bikes', 'lamp', 'ice']],
    ['?to=2026-11-21', []],
    ['?from=2026-11-23', []],
    ['?text=结冰', ['foreign', 'ice']],
    ['?text=摔倒', ['ice']],
    ['?text=%25', []],
    ['?sort=loggedAt&station=YFXJ', ['ice', 'lamp']],
  ] as const)('filters by %s', async (query, expected) => {
    expect(await listed(query)).toEqual(expected.map((name) => ids[name]));
  });

  it('pages without gaps or repeats while requests arrive', async () => {
    const first = (await app.get('/v1/requests?limit=3', auditor)).body;
    const arrived = await app.town.log('YFXJ', '2026-11-23T00:00:00.000Z');
    const second = (await app.get(`/v1/requests?limit=3&cursor=${first.next}`, auditor)).body;
    const shown = [...first.items, ...second.items].map(({ id }: { id: string }) => id);
    expect(shown).toEqual([ids.foreign, ids.bikes, ids.lamp, ids.ice]);
    expect(second.next).toBeNull();
    expect(await listed('?from=2026-11-23')).toEqual([arrived]);
  });

  it.each([
    ['limit=201', 'limit', 'must not be greater than 200'],
    ['limit=many', 'limit', 'must be a whole number'],
    ['sort=colour', 'sort', 'must be one of: -loggedAt, loggedAt'],
    ['status=asleep', 'status', expect.stringMatching(/^must be one of: logged/)],
    ['from=2026-02-30', 'from', 'must be a day of the calendar, e.g. 2026-11-22'],
    ['from=2026-11-23&to=2026-11-22', 'from', 'must not be after `to`'],
    ['open=perhaps', 'open', 'must be true or false'],
    ['cursor=abc', 'cursor', 'is not the `next` of a page'],
    ['colour=red', 'colour', 'is not a known field'],
  ])('answers %s with a sentence', async (query, field, message) => {
    const { status, body } = await app.get(`/v1/requests?${query}`, auditor);
    expect(status).toBe(400);
    expect(body).toMatchObject({ type: 'urn:yizhan:problem:invalid-query' });
    expect(body.errors).toContainEqual({ field, message });
  });

  it('takes a cursor only with the filters it was made under', async () => {
    const { next } = (await app.get('/v1/requests?limit=1', auditor)).body;
    const { status, body } = await app.get(`/v1/requests?limit=1&open=true&cursor=${next}`, auditor);
    expect([status, body.errors[0].field]).toEqual([400, 'cursor']);
  });

  it('waits for a write, and says so when it does not arrive in time', async () => {
    const late = { 'consistency-token': '999999@request-YFXJ-261122-7K3QX', prefer: 'wait=0' };
    const { status, headers, body } = await app.get(`/v1/requests/${ids.ice}`, volunteer, late);
    expect([status, body.type]).toEqual([503, 'urn:yizhan:problem:not-yet-consistent']);
    expect(headers.get('retry-after')).toBe('1');
    const broken = await app.get(`/v1/requests/${ids.ice}`, volunteer, { 'consistency-token': 'soon' });
    expect([broken.status, broken.body.type]).toEqual([400, 'urn:yizhan:problem:malformed-header']);
  });

  it('tells analysts of no person who mends something, and handlers of no neighbour but herself', async () => {
    const helping = { id: 'zls', kind: 'volunteer', name: '张连生' } as const;
    const id = await app.town.log('YFXJ', '2026-11-20T02:00:00.000Z', { summary: '积雪' });
    await app.town.act(
      id,
      '2026-11-20T02:10:00.000Z',
      { type: 'Assign', data: { to: neighbour, helpers: [helping, property] } },
      { type: 'Accept', data: {} },
    );
    const seen = async (as: Record<string, string>) => {
      const { holder, lead, helpers } = (await app.get(`/v1/requests/${id}`, as)).body;
      const { holdings } = (await app.get(`/v1/requests/${id}/deadlines`, as)).body;
      return { holder, lead, helpers, last: holdings.at(-1).holder };
    };
    const whole = { holder: neighbour, lead: neighbour, helpers: [helping, property], last: neighbour };
    const unnamed = {
      holder: nameless('neighbour'),
      lead: nameless('neighbour'),
      last: nameless('neighbour'),
    };
    expect(await seen(volunteer)).toEqual(whole);
    expect(await seen({ ...handler, unit: neighbour.id })).toEqual(whole);
    expect(await seen(handler)).toEqual({ ...unnamed, helpers: [helping, property] });
    expect(await seen(analyst)).toEqual({ ...unnamed, helpers: [nameless('volunteer'), property] });

    const query = `?holder=${neighbour.id}`;
    expect([await listed(query, analyst), await listed(query, handler)]).toEqual([[], []]);
    expect(await listed(query, volunteer)).toEqual([id]);
    expect(await listed(query, { ...handler, unit: neighbour.id })).toEqual([id]);
  });
});
