import {
  type QueriesApplication,
  admin,
  analyst,
  auditor,
  handler,
  startQueries,
  volunteer,
} from '../spec/queries.application.js';
import { property } from '../spec/town.js';

const haidian = `/v1/districts/${encodeURIComponent('海淀区')}/statistics`;
const nothing = { n: 0, median: null, p90: null };

const shown = (parts: Record<string, unknown>[], name: string) =>
  parts.map((part) => [part[name], part['listed'], part['logged'], part['resolutionRate']]);

const zero = {
  logged: 0,
  resolved: 0,
  open: 0,
  withdrawn: 0,
  excluded: 0,
  escalated: 0,
  returned: 0,
  reopened: 0,
  merged: 0,
  parts: 0,
  rated: 0,
  hoursToFirstResponse: nothing,
  hoursToResolution: nothing,
};

describe('the statistics of districts', () => {
  let app: QueriesApplication;

  beforeAll(async () => {
    app = await startQueries();
    const { town } = app;
    await town.open('YFXJ');
    await town.open('ZGC2', { community: '中关村社区' });
    await town.open('SLEEPY', { community: '静社区' });
    await town.open('CYMN', { community: '麦子店', street: '麦子店街道', district: '朝阳区' });
    const resolve = async (id: string, at: string) => {
      await town.act(id, at, { type: 'Assign', data: { to: property } });
      await town.act(id, at, { type: 'Resolve', data: { outcome: '已处理' } });
    };
    // Three days around midnight in Shanghai: 15:30 in UTC is 23:30 there, 16:30 is half past midnight.
    const ice = await town.log('YFXJ', '2026-10-30T15:30:00.000Z', { category: '道路' });
    const lamp = await town.log('YFXJ', '2026-10-30T16:30:00.000Z', { category: '照明' });
    const smell = await town.log('ZGC2', '2026-10-31T02:00:00.000Z', { category: '道路' });
    const noise = await town.log('ZGC2', '2026-11-02T02:00:00.000Z');
    const pipe = await town.log('ZGC2', '2026-11-02T03:00:00.000Z');
    await town.log('CYMN', '2026-11-02T03:00:00.000Z');
    await resolve(ice, '2026-10-30T16:30:00.000Z'); // 1.0 h
    await town.act(ice, '2026-11-02T16:30:00.000Z', { type: 'Close', data: {} });
    await resolve(lamp, '2026-10-31T02:50:00.000Z'); // 10.33 h
    await resolve(smell, '2026-10-31T04:03:00.000Z'); // 2.05 h: half up
    await town.act(smell, '2026-11-01T02:00:00.000Z', { type: 'Reopen', data: { reason: '又有味' } });
    await town.act(noise, '2026-11-02T02:30:00.000Z', {
      type: 'Escalate',
      data: { to: 'community', reason: '劝不住' },
    });
    await town.act(pipe, '2026-11-02T04:00:00.000Z', {
      type: 'Exclude',
      data: { approver: '王书记', reason: '不在本社区' },
    });
  }, 180_000);
  afterAll(() => app.close());

  const listed = async (as: Record<string, string>) =>
    (
      (await app.get('/v1/districts', as)).body.items as {
        district: string;
        stations: { code: string }[];
      }[]
    ).map(({ district, stations }) => [district, ...stations.map(({ code }) => code)]);
  const statuses = async (...as: Record<string, string>[]) =>
    Promise.all(as.map(async (claims) => (await app.get(haidian, claims)).status));

  it('show the whole with its window and as-of', async () => {
    const { status, body } = await app.get(haidian, auditor);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      district: '海淀区',
      window: { by: 'creation', from: null, to: null },
      asOf: { position: String(app.town.position), recordedAt: expect.stringMatching(/Z$/) },
      whole: {
        logged: 5,
        resolved: 2,
        open: 2,
        withdrawn: 0,
        excluded: 1,
        escalated: 1,
        returned: 0,
        reopened: 1,
        rated: 4,
        resolutionRate: 50,
        hoursToFirstResponse: { n: 3, median: 2.1, p90: 10.3 },
        hoursToResolution: { n: 2, median: 1, p90: 10.3 },
      },
    });
  });

  it('share the whole out among categories, days and stations, unlisted and idle ones too', async () => {
    const { body } = await app.get(haidian, auditor);
    expect(shown(body.byCategory, 'category')).toEqual([
      ['道路', true, 2, 50],
      ['照明', true, 1, 100],
      ['unlisted', false, 2, 0],
    ]);
    expect(shown(body.byDay, 'day')).toEqual([
      ['2026-10-30', undefined, 1, 100],
      ['2026-10-31', undefined, 2, 50],
      ['2026-11-02', undefined, 2, 0],
    ]);
    expect(shown(body.byStation, 'station')).toEqual([
      ['SLEEPY', true, 0, null],
      ['YFXJ', true, 2, 100],
      ['ZGC2', true, 3, 0],
    ]);
    expect(body.byStation[0]).toMatchObject({
      name: 'SLEEPY驿站',
      hoursToFirstResponse: nothing,
      hoursToResolution: nothing,
    });
  });

  it('say how long what is open has been so, also of what was logged before the window', async () => {
    const { body } = await app.get(`${haidian}?from=2026-11-02`, auditor);
    const { day, ages } = body.openByAge as { day: string; ages: Age[] };
    type Age = { fromDays: number; toDays: number | null; open: number };
    const days = ['2026-10-31', '2026-11-02'].map((one) => (Date.parse(day) - Date.parse(one)) / 86_400_000);
    const within = ({ fromDays, toDays }: Age) =>
      days.filter((age) => Math.max(0, age) >= fromDays && (toDays === null || age <= toDays)).length;
    expect(ages.map(({ open }) => open)).toEqual(ages.map(within));
    expect(ages.reduce((sum, { open }) => sum + open, 0)).toBe(2);
    const before = (await app.get(`${haidian}?to=2026-11-01`, auditor)).body.openByAge.ages as Age[];
    expect(before.reduce((sum, { open }) => sum + open, 0)).toBe(1);
  });

  it.each([
    ['', 5],
    ['?from=2026-10-31', 4],
    ['?to=2026-10-31', 3],
    ['?from=2026-10-31&to=2026-10-31', 2],
    ['?from=2026-10-01&to=2026-11-02', 5],
    ['?from=2026-10-01&to=2026-10-31', 3],
    ['?from=2026-11-03', 0],
    ['?by=closing', 1],
    ['?by=closing&from=2026-11-03&to=2026-11-03', 1],
    ['?by=closing&to=2026-11-02', 0],
  ])('of the window %s add up', async (query, logged) => {
    const { body } = await app.get(haidian + query, auditor);
    expect(body.whole.logged).toBe(logged);
    const n = (figures: typeof body) => [
      ...[
        'logged',
        'resolved',
        'open',
        'withdrawn',
        'excluded',
        'escalated',
        'returned',
        'reopened',
        'rated',
      ].map((name) => figures[name] as number),
      figures.hoursToFirstResponse.n as number,
      figures.hoursToResolution.n as number,
    ];
    for (const parts of [body.byCategory, body.byDay, body.byStation]) {
      const sums = (parts as (typeof body)[])
        .map(n)
        .reduce((one, other) => one.map((sum, i) => sum + (other[i] ?? 0)), n(zero));
      expect(sums).toEqual(n(body.whole));
    }
  });

  it('have no rate where there is nothing to divide', async () => {
    const { body } = await app.get(`${haidian}?from=2026-11-03`, auditor);
    expect(body).toMatchObject({
      whole: { logged: 0, rated: 0, resolutionRate: null, hoursToResolution: nothing },
      byCategory: [],
      byDay: [],
    });
  });

  it('list every district with its stations', async () => {
    const { status, body } = await app.get('/v1/districts', admin);
    expect([status, body.window]).toEqual([200, { by: 'creation', from: null, to: null }]);
    expect(body.asOf.position).toBe(String(app.town.position));
    expect(body.items).toEqual([
      {
        district: '朝阳区',
        logged: 1,
        resolved: 0,
        open: 1,
        stations: [{ code: 'CYMN', name: 'CYMN驿站', listed: true, logged: 1, resolved: 0, open: 1 }],
      },
      {
        district: '海淀区',
        logged: 5,
        resolved: 2,
        open: 2,
        stations: [
          { code: 'SLEEPY', name: 'SLEEPY驿站', listed: true, logged: 0, resolved: 0, open: 0 },
          { code: 'YFXJ', name: 'YFXJ驿站', listed: true, logged: 2, resolved: 2, open: 0 },
          { code: 'ZGC2', name: 'ZGC2驿站', listed: true, logged: 3, resolved: 0, open: 2 },
        ],
      },
    ]);
  });

  it('show an auditor or analyst her own, volunteers everything, handlers nothing', async () => {
    expect(await listed({ ...analyst, district: '朝阳区' })).toEqual([['朝阳区', 'CYMN']]);
    expect(await listed({ ...auditor, community: '中关村社区' })).toEqual([['海淀区', 'ZGC2']]);
    expect(
      await statuses(
        volunteer,
        analyst,
        { ...analyst, district: '海淀区' },
        { ...analyst, district: '朝阳区' },
      ),
    ).toEqual([200, 200, 200, 403]);
    expect(await statuses({ ...auditor, community: '中关村社区' }, handler)).toEqual([403, 403]);
  });

  it('of an unknown district are a problem', async () => {
    const { status, body } = await app.get(
      `/v1/districts/${encodeURIComponent('没有区/1')}/statistics`,
      auditor,
    );
    expect([status, body.type]).toEqual([404, 'urn:yizhan:problem:unknown-district']);
  });

  it.each([
    ['from=2026-02-30', 'from', 'must be a day of the calendar, e.g. 2026-11-22'],
    ['to=yesterday', 'to', 'must be a day of the calendar, e.g. 2026-11-22'],
    ['from=0000-01-01', 'from', 'must be a day of the calendar, e.g. 2026-11-22'],
    ['from=2026-11-02&to=2026-11-01', 'from', 'must not be after `to`'],
    ['by=colour', 'by', expect.any(String)],
    ['until=2026-11-02', 'until', expect.any(String)],
  ])('refuse ?%s with a sentence', async (query, field, message) => {
    const { status, body } = await app.get(`${haidian}?${query}`, auditor);
    expect([status, body.type]).toEqual([400, 'urn:yizhan:problem:invalid-query']);
    expect(body.errors).toEqual([{ field, message }]);
  });
});
