import {
  type QueriesApplication,
  admin,
  analyst,
  auditor,
  handler,
  startQueries,
  supervisor,
  volunteer,
} from '../spec/queries.application.js';

describe('GET /v1/stations', () => {
  let app: QueriesApplication;

  beforeAll(async () => {
    app = await startQueries();
    await app.town.open('YFXJ');
    await app.town.open('ZGC2', { community: '中关村社区' });
    await app.town.open('CYMN', { community: '麦子店', street: '麦子店街道', district: '朝阳区' });
  }, 60_000);
  afterAll(() => app.close());

  it.each([
    ['admin', admin, ['CYMN', 'YFXJ', 'ZGC2']],
    ['auditor', auditor, ['CYMN', 'YFXJ', 'ZGC2']],
    ['handler', handler, ['CYMN', 'YFXJ', 'ZGC2']],
    ['supervisor', supervisor, ['YFXJ', 'ZGC2']],
    ['analyst of a district', { ...analyst, district: '朝阳区' }, ['CYMN']],
    ['volunteer', volunteer, ['YFXJ']],
  ])('lists the stations that lie within the scope: %s', async (_, as, codes) => {
    const { status, body } = await app.get('/v1/stations', as);
    expect(status).toBe(200);
    expect((body.items as { code: string }[]).map(({ code }) => code)).toEqual(codes);
  });

  it('shows one', async () =>
    expect((await app.get('/v1/stations/YFXJ', volunteer)).body).toEqual({
      code: 'YFXJ',
      name: 'YFXJ驿站',
      community: '永丰社区',
      street: '学院路街道',
      district: '海淀区',
      timeZone: 'Asia/Shanghai',
      open: true,
    }));

  it.each([
    ['ZGC2', volunteer, 403, 'foreign-station'],
    ['CYMN', supervisor, 403, 'out-of-scope'],
    ['NONE', auditor, 404, 'unknown-station'],
    ['yfxj', auditor, 404, 'unknown-station'],
    ['%00', auditor, 404, 'unknown-station'],
  ])('refuses %s where it cannot be seen', async (code, as, status, slug) => {
    const refused = await app.get(`/v1/stations/${code}`, as);
    expect([refused.status, refused.body.type]).toEqual([status, `urn:yizhan:problem:${slug}`]);
  });
});
