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
import { property } from '../spec/town.js';

describe('the history of a request', () => {
  let app: QueriesApplication;
  let id: string;

  // Logged at 10:00 in Shanghai; the note that was written down last tells of what happened before the resolution.
  beforeAll(async () => {
    app = await startQueries();
    await app.town.open('YFXJ');
    id = await app.town.log('YFXJ', '2026-11-22T02:00:00.000Z', {
      resident: { name: '王桂兰', phone: '13800000000', flat: '501' },
    });
    await app.town.act(id, '2026-11-22T02:30:00.000Z', { type: 'Assign', data: { to: property } });
    await app.town.act(id, '2026-11-22T02:40:00.000Z', { type: 'Resolve', data: { outcome: '物业已清理' } });
    await app.town.act(id, '2026-11-22T02:35:00.000Z', {
      type: 'ContactResident',
      data: { reached: false, channel: 'phone', at: '2026-11-22T02:35:00.000Z' },
    });
  }, 60_000);
  afterAll(() => app.close());

  const history = (query = '', as = auditor) => app.get(`/v1/requests/${id}/history${query}`, as);
  const request = (query: string, as = auditor) => app.get(`/v1/requests/${id}${query}`, as);

  it('tells every event in order, who and when, and the state it led to', async () => {
    const { status, headers, body } = await history();
    expect([status, headers.get('etag')]).toEqual([200, '"4"']);
    const types = ['RequestLogged', 'Assigned', 'Accepted', 'Resolved', 'ResidentContacted'];
    expect(body.events.map(({ type }: { type: string }) => type)).toEqual(types);
    expect(body.events[1]).toEqual({
      type: 'Assigned',
      revision: '1',
      position: expect.stringMatching(/^\d+$/),
      eventId: expect.stringMatching(/^[\da-f-]{36}$/),
      actor: { name: '张连生', role: 'volunteer', station: null, subject: 'zls' },
      occurredAt: '2026-11-22T02:30:00.000Z',
      recordedAt: expect.stringMatching(/Z$/),
      correlationId: expect.any(String),
      data: { to: property, helpers: [], note: null },
      state: {
        status: 'assigned',
        open: true,
        holder: property,
        lead: null,
        level: 'station',
        paused: false,
        category: null,
        outcome: null,
        returns: 0,
        reopenings: 0,
        callbacks: 0,
      },
    });
    expect(body.events[3].state).toMatchObject({ status: 'resolved', open: false, outcome: '物业已清理' });
    expect(body.request).toMatchObject({ id, revision: '4', resident: { name: '王桂兰' } });
  });

  it.each([
    ['?revision=0', 'logged', ['RequestLogged']],
    ['?revision=1', 'assigned', ['RequestLogged', 'Assigned']],
    ['?revision=3', 'resolved', ['RequestLogged', 'Assigned', 'Accepted', 'Resolved']],
    ['?at=2026-11-22T10:30:00%2B08:00', 'assigned', ['RequestLogged', 'Assigned']],
    ['?at=2026-11-22T10:30:00+08:00', 'assigned', ['RequestLogged', 'Assigned']], // the + was not escaped
    ['?at=2026-11-22T10:29:59.999%2B08:00', 'logged', ['RequestLogged']],
    ['?at=2026-11-22T02:36:00Z', 'assigned', ['RequestLogged', 'Assigned', 'ResidentContacted']],
    ['?at=9999-12-31T23:59:59-08:00', 'resolved', undefined],
  ])('stops where it stood %s', async (query, status, types) => {
    const { body } = await history(query);
    expect(body.request.status).toBe(status);
    if (types) expect(body.events.map(({ type }: { type: string }) => type)).toEqual(types);
    const stood = await request(query);
    expect(stood.body).toEqual(body.request);
    expect(stood.headers.get('etag')).toBe(`"${stood.body.revision}"`);
  });

  it.each(['?revision=5', '?at=2026-11-22T09:59:59%2B08:00', '?at=0001-01-01T00:00:00Z'])(
    'is not there %s',
    async (query) => {
      for (const { status, body } of [await history(query), await request(query)]) {
        expect([status, body.type]).toEqual([404, 'urn:yizhan:problem:unknown-request']);
        expect(body.detail).toBe('There is no such request; please check its number.');
      }
    },
  );

  it.each([
    [
      '?revision=3&at=2026-11-22T10:30:00Z',
      'at',
      'cannot be combined with `revision`',
      '不能与 revision 同时使用',
    ],
    ['?revision=-1', 'revision', 'must not be less than 0', '不能小于 0'],
    ['?revision=third', 'revision', 'must be a whole number', '必须是整数'],
    ['?revision=', 'revision', 'must be a whole number', '必须是整数'],
    [
      '?at=2026-11-22T10:30:00',
      'at',
      'must be a time with its zone, e.g. 2026-11-22T10:30:00+08:00',
      '必须是带时区的时间，如 2026-11-22T10:30:00+08:00',
    ],
    [
      '?at=2026-02-30T10:30:00Z',
      'at',
      'must be a time with its zone, e.g. 2026-11-22T10:30:00+08:00',
      '必须是带时区的时间，如 2026-11-22T10:30:00+08:00',
    ],
  ])('answers %s with a sentence in either language', async (query, field, en, zh) => {
    for (const path of [`/v1/requests/${id}${query}`, `/v1/requests/${id}/history${query}`]) {
      for (const [language, message] of [
        ['en', en],
        ['zh-CN', zh],
      ]) {
        const { status, body } = await app.get(path, auditor, { 'accept-language': language as string });
        expect([status, body.type]).toEqual([400, 'urn:yizhan:problem:invalid-query']);
        expect(body.errors).toContainEqual({ field, message });
      }
    }
  });

  it('says in Chinese that it does not know a request', async () => {
    const chinese = { 'accept-language': 'zh-CN' };
    const { status, body } = await app.get('/v1/requests/YFXJ-261122-00000/history', auditor, chinese);
    expect([status, body.detail]).toEqual([404, '没有找到这件诉求，请核对编号。']);
  });

  it.each([
    ['volunteer of the station', volunteer, 200, undefined],
    ['coordinator', coordinator, 200, undefined],
    ['supervisor', supervisor, 200, undefined],
    ['volunteer of another', { ...volunteer, station: 'ZGC2' }, 403, 'foreign-station'],
    ['auditor of another district', { ...auditor, district: '朝阳区' }, 403, 'out-of-scope'],
    ['handler that holds it', handler, 403, 'forbidden-role'],
    ['analyst', analyst, 403, 'forbidden-role'],
  ])('is for who may see residents: %s', async (_, as, status, slug) => {
    const answer = await history('', as);
    expect([answer.status, answer.body.type]).toEqual([status, slug && `urn:yizhan:problem:${slug}`]);
  });

  it('hides the resident from a handler in the past as well', async () => {
    expect((await request('?revision=1', handler)).body).toMatchObject({ id, resident: null });
    expect((await request('?revision=1', { ...handler, unit: 'nobody' })).status).toBe(403);
  });
});
