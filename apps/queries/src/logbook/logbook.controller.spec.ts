import {
  type Claims,
  type QueriesApplication,
  analyst,
  auditor,
  coordinator,
  handler,
  startQueries,
  supervisor,
  volunteer,
} from '../spec/queries.application.js';
import { contractor, property } from '../spec/town.js';

type Line = { id: string; day: string };

describe('GET /v1/stations/:code/logbook', () => {
  let app: QueriesApplication;
  const ids = { ice: '', lamp: '', late: '', lead: '' };

  beforeAll(async () => {
    app = await startQueries();
    const { town } = app;
    await town.open('YFXJ');
    await town.open('ZGC2', { community: '中关村社区' });
    await town.open('NYC1', { district: 'NYCC-1' }, 'America/New_York');
    ids.ice = await town.log('YFXJ', '2026-11-21T23:50:00.000Z', {
      summary: '5号楼前路面结冰',
      category: '道路',
      place: { building: '5号楼', unit: null },
      resident: { name: '王桂兰', phone: '13800000000', flat: '501' },
    });
    await town.act(ids.ice, '2026-11-22T00:10:00.000Z', {
      type: 'Assign',
      data: { to: property, helpers: [contractor] },
    });
    await town.act(ids.ice, '2026-11-22T00:15:00.000Z', {
      type: 'ContactResident',
      data: { reached: true, channel: 'phone', note: '请绕行', at: '2026-11-22T00:15:00.000Z' },
    });
    await town.act(ids.ice, '2026-11-22T00:20:00.000Z', { type: 'Resolve', data: { outcome: '物业已清理' } });
    ids.lamp = await town.log('YFXJ', '2026-11-22T02:00:00.000Z', { summary: 'LED楼道灯不亮 100%_' });
    ids.lead = await town.log('YFXJ', '2026-11-22T16:30:00.000Z', { summary: '飞线充电' });
    ids.late = await town.log('YFXJ', '2026-11-21T02:00:00.000Z', { summary: '楼道堆物' });
    await town.log('ZGC2', '2026-11-22T03:00:00.000Z');
  }, 60_000);
  afterAll(() => app.close());

  const read = async (query = '', as: Claims = volunteer, code = 'YFXJ') =>
    app.get(`/v1/stations/${code}/logbook${query}`, as);
  const listed = async (query: string) => ((await read(query)).body.items as Line[]).map(({ id }) => id);

  it('shows the columns of the register', async () => {
    const { status, body } = await read('?day=2026-11-22');
    expect(status).toBe(200);
    expect(body.station).toEqual({ code: 'YFXJ', name: 'YFXJ驿站', timeZone: 'Asia/Shanghai' });
    expect(body.items.at(-1)).toEqual({
      id: ids.ice,
      day: '2026-11-22',
      loggedAt: '2026-11-21T23:50:00.000Z',
      reporter: { name: '王桂兰', phone: '13800000000', flat: '501' },
      place: { building: '5号楼', unit: null },
      category: '道路',
      summary: '5号楼前路面结冰',
      details: null,
      called: [
        { kind: 'property', name: '永丰物业', at: '2026-11-22T00:10:00.000Z' },
        { kind: 'contractor', name: '施工队', at: '2026-11-22T00:10:00.000Z' },
        { kind: 'resident', name: '王桂兰', at: '2026-11-22T00:15:00.000Z' },
      ],
      done: '物业已清理',
      signedBy: '张连生',
      status: 'resolved',
      open: false,
      channel: 'walk-in',
      paper: null,
    });
    expect(body.items.at(0)).toMatchObject({ reporter: null, called: [], done: null, open: true });
  });

  it('says which position it was read at', async () => {
    const { position, recordedAt } = (await read()).body.asOf;
    expect(BigInt(position)).toBeGreaterThanOrEqual(app.town.position - 1n);
    expect(Date.parse(recordedAt)).toBeLessThanOrEqual(Date.now());
    expect((await read('?day=1999-01-01')).body).toMatchObject({ asOf: { position }, items: [], next: null });
  });

  it.each([
    ['', ['lead', 'lamp', 'ice', 'late']],
    ['?sort=-loggedAt', ['lead', 'lamp', 'ice', 'late']],
    ['?sort=open-first', ['lead', 'lamp', 'late', 'ice']],
    ['?day=2026-11-21', ['late']],
    ['?day=2026-11-22', ['lamp', 'ice']],
    ['?day=2026-11-23', ['lead']],
    ['?from=2026-11-22', ['lead', 'lamp', 'ice']],
    ['?to=2026-11-22', ['lamp', 'ice', 'late']],
    ['?from=2026-11-21&to=2026-11-22&sort=open-first', ['lamp', 'late', 'ice']],
    ['?text=结冰', ['ice']],
    ['?text=物业', ['ice']],
    ['?text=王桂兰', ['ice']],
    ['?text=楼道', ['lamp', 'late']],
    ['?text=led', ['lamp']],
    ['?text=00%25_', ['lamp']],
    ['?text=灯', ['lamp']],
    ['?text=请绕行', []],
  ] as const)('lists by %j', async (query, expected) => {
    expect(await listed(query)).toEqual(expected.map((name) => ids[name]));
  });

  it('has days as long as they are where the clocks change', async () => {
    // On 1 November 2026 New York has a day of 25 hours, 04:00Z to 05:00Z of the next day.
    const times = ['2026-11-01T03:59:59.000Z', '2026-11-01T04:00:00.000Z', '2026-11-02T04:59:59.000Z'];
    for (const at of [...times, '2026-11-02T05:00:00.000Z']) await app.town.log('NYC1', at);
    const { items } = (await read('?day=2026-11-01', auditor, 'NYC1')).body;
    expect(items.map(({ loggedAt }: { loggedAt: string }) => loggedAt)).toEqual([times[2], times[1]]);
    expect(items.map(({ day }: Line) => day)).toEqual(['2026-11-01', '2026-11-01']);
  });

  it.each([
    ['volunteer of the station', volunteer, 200, undefined],
    ['coordinator', coordinator, 200, undefined],
    ['supervisor', supervisor, 200, undefined],
    ['auditor', auditor, 200, undefined],
    ['volunteer of another', { ...volunteer, station: 'ZGC2' }, 403, 'foreign-station'],
    ['auditor of another district', { ...auditor, district: '朝阳区' }, 403, 'out-of-scope'],
    ['handler', handler, 403, 'forbidden-role'],
    ['analyst', analyst, 403, 'forbidden-role'],
  ])('is for who may see residents: %s', async (_, as, status, slug) => {
    const answer = await read('', as);
    expect(answer.status).toBe(status);
    expect(answer.body.type).toBe(slug && `urn:yizhan:problem:${slug}`);
  });

  it('does not know a station that never opened', async () => {
    const { status, body } = await read('', auditor, 'NONE');
    expect([status, body.type]).toEqual([404, 'urn:yizhan:problem:unknown-station']);
  });

  it.each([
    ['day=2026-11-22&from=2026-11-21', 'day', 'cannot be combined with `from` and `to`'],
    ['from=2026-11-23&to=2026-11-22', 'from', 'must not be after `to`'],
    ['day=yesterday', 'day', 'must be a day of the calendar, e.g. 2026-11-22'],
    ['sort=loggedAt', 'sort', 'must be one of: -loggedAt, open-first'],
    ['limit=201', 'limit', 'must not be greater than 200'],
    ['limit=0', 'limit', 'must not be less than 1'],
    ['text=', 'text', 'must not be empty'],
    ['cursor=abc', 'cursor', 'is not the `next` of a page'],
  ])('answers %s with a sentence', async (query, field, message) => {
    const { status, body } = await read(`?${query}`);
    expect([status, body.type]).toEqual([400, 'urn:yizhan:problem:invalid-query']);
    expect(body.errors).toContainEqual({ field, message });
  });

  it('takes a cursor only of this station and these filters', async () => {
    const { next } = (await read('?limit=1')).body;
    expect((await read(`?limit=1&text=冰&cursor=${next}`)).status).toBe(400);
    expect((await read(`?limit=1&cursor=${next}`, auditor, 'ZGC2')).status).toBe(400);
  });

  it('shows a request under its station though the station was renamed', async () => {
    await app.town.rename('YFXJ', '幸福里驿站');
    const { body } = await read();
    expect(body.station.name).toBe('幸福里驿站');
    expect(body.items).toHaveLength(4);
  });
});
