import { policyStream, shippedPolicy } from '#policies';
import type { RequestCommand, Resident } from '#requests';
import {
  type QueriesApplication,
  analyst,
  auditor,
  startQueries,
  supervisor,
  volunteer,
} from '../spec/queries.application.js';
import { property } from '../spec/town.js';

const resident: Resident = { name: '王桂兰', phone: '13800000000', flat: '501' };
const call = (
  at: string,
  data: Partial<Extract<RequestCommand, { type: 'RecordCallback' }>['data']> = {},
): RequestCommand => ({ type: 'RecordCallback', data: { contacted: false, at, ...data } });
const at = (hour: number) => `2026-11-23T0${hour}:00:00.000Z`;

describe('whom to call back', () => {
  let app: QueriesApplication;
  beforeAll(async () => {
    app = await startQueries();
    await app.town.open('YFXJ');
    await app.town.open('ZGC2');
  }, 60_000);
  afterAll(() => app.close());

  async function resolved(at: string, code = 'YFXJ', more = {}): Promise<string> {
    const id = await app.town.log(code, at, { resident, ...more });
    await app.town.act(id, at, { type: 'Assign', data: { to: property } });
    await app.town.act(id, at, { type: 'Resolve', data: { outcome: '已清理' } });
    return id;
  }
  const list = (query = '', as = volunteer) => app.get(`/v1/stations/YFXJ/callbacks${query}`, as);
  const ids = async () => (await list()).body.items.map(({ id }: { id: string }) => id);

  it('is nobody where nothing is resolved, and still of a moment', async () => {
    const { status, body } = await list();
    expect([status, body.items, body.next, body.attempts]).toEqual([200, [], null, 3]);
    expect(body.asOf.position).toMatch(/^\d+$/);
  });

  it('is told with the attempts so far, what has waited longest first, page by page', async () => {
    const late = await resolved('2026-11-22T03:00:00.000Z');
    const early = await resolved('2026-11-22T02:00:00.000Z');
    const middle = await resolved('2026-11-22T02:30:00.000Z');
    await resolved('2026-11-22T01:00:00.000Z', 'ZGC2');
    await resolved('2026-11-22T01:00:00.000Z', 'YFXJ', { resident: undefined });
    await resolved('2026-11-22T01:00:00.000Z', 'YFXJ', { partOf: late });
    await app.town.act(early, '2026-11-22T04:00:00.000Z', call('2026-11-22T04:00:00.000Z'));
    const first = await list('?limit=2');
    expect(first.body.items).toEqual([
      {
        id: early,
        summary: '楼前结冰',
        outcome: '已清理',
        resolvedAt: '2026-11-22T02:00:00.000Z',
        callers: [{ request: early, ...resident, attempts: 1, lastAttemptAt: '2026-11-22T04:00:00.000Z' }],
      },
      expect.objectContaining({ id: middle }),
    ]);
    const second = await list(`?limit=2&cursor=${first.body.next}`);
    expect([second.body.items.map(({ id }: { id: string }) => id), second.body.next]).toEqual([[late], null]);
    expect((await list('?limit=0')).status).toBe(400);
    expect((await list('?cursor=none')).status).toBe(400);
  });

  it('leaves out who has answered, and who was called in vain three times without having answered', async () => {
    const [answered, unreachable] = [
      await resolved('2026-11-23T02:00:00.000Z'),
      await resolved('2026-11-23T03:00:00.000Z'),
    ];
    await app.town.act(answered, at(4), call(at(4), { contacted: true, resolved: 'partly' }));
    await app.town.act(unreachable, at(4), call(at(4)));
    await app.town.act(unreachable, at(5), call(at(5)));
    expect(await ids()).toContain(unreachable);
    expect(await ids()).not.toContain(answered);
    await app.town.act(unreachable, at(6), call(at(6)));
    expect(await ids()).not.toContain(unreachable);
    const { body } = await app.get(`/v1/requests/${unreachable}`, auditor);
    expect(body).toMatchObject({
      status: 'resolved',
      unreachable: true,
      callbacks: 3,
      lastCallback: { contacted: false, resolved: null, satisfied: null },
    });
  });

  it('comes again with the next resolution', async () => {
    const id = await resolved('2026-11-24T02:00:00.000Z');
    const noon = '2026-11-24T03:00:00.000Z';
    await app.town.act(id, noon, call(noon, { contacted: true, resolved: 'no' }));
    expect(await ids()).not.toContain(id);
    await app.town.act(id, noon, { type: 'Resolve', data: { outcome: '又清了' } });
    expect(await ids()).toContain(id);
  });

  it('are all who asked for the same, each until she has answered', async () => {
    const kept = await app.town.log('YFXJ', '2026-11-25T02:00:00.000Z');
    const noon = '2026-11-25T03:00:00.000Z';
    const other = 'YFXJ-261125-M4YBZ';
    await app.town.act(
      kept,
      noon,
      { type: 'TakeIn', data: { request: other, resident, callbacks: 0 } },
      { type: 'Assign', data: { to: property } },
      { type: 'Resolve', data: { outcome: '已清理' } },
    );
    const line = (await list()).body.items.find(({ id }: { id: string }) => id === kept);
    expect(line.callers).toEqual([{ request: other, ...resident, attempts: 0, lastAttemptAt: null }]);
    await app.town.act(kept, noon, call(noon, { contacted: true, resolved: 'yes', caller: other }));
    expect(await ids()).not.toContain(kept);
  });

  it('is tried as often as the policy of the district says', async () => {
    await app.town.open('HXJ1', { district: '和平区' });
    const policy = { ...shippedPolicy, callbacks: { attempts: 5 } };
    const published = {
      type: 'PolicyPublished',
      data: { version: 1, from: '2026-01-01', policy, note: null },
    };
    await app.town.append(policyStream('和平区'), 'no_stream', [published], '2026-01-01T00:00:00.000Z');
    expect((await app.get('/v1/stations/HXJ1/callbacks', auditor)).body.attempts).toBe(5);
    expect((await list()).body.attempts).toBe(3);
  });

  it('is told of a district as well, all its stations together, page by page', async () => {
    const path = `/v1/districts/${encodeURIComponent('昌平区')}/callbacks`;
    await app.town.open('CPA1', { district: '昌平区' });
    await app.town.open('CPB1', { district: '昌平区' }, 'Asia/Urumqi');
    const [second, first] = [
      await resolved('2026-11-24T03:00:00.000Z', 'CPA1'),
      await resolved('2026-11-24T02:00:00.000Z', 'CPB1'),
    ];
    const whole = { role: 'supervisor', district: '昌平区' };
    const page = (await app.get(`${path}?limit=1`, whole)).body;
    expect(page).toMatchObject({
      district: '昌平区',
      attempts: 3,
      items: [
        {
          id: first,
          station: { code: 'CPB1', name: 'CPB1驿站', timeZone: 'Asia/Urumqi' },
          callers: [{ request: first, ...resident, attempts: 0 }],
        },
      ],
    });
    const rest = (await app.get(`${path}?limit=1&cursor=${page.next}`, whole)).body;
    expect([rest.items.map(({ id }: { id: string }) => id), rest.next]).toEqual([[second], null]);
    const statuses = await Promise.all(
      [whole, auditor, supervisor, volunteer, analyst].map(async (as) => (await app.get(path, as)).status),
    );
    expect(statuses).toEqual([200, 200, 403, 403, 403]);
    const nowhere = await app.get(`/v1/districts/${encodeURIComponent('无此区')}/callbacks`, auditor);
    expect([nowhere.status, nowhere.body.type]).toEqual([404, 'urn:yizhan:problem:unknown-district']);
    const foreign = await app.get(`/v1/stations/CPA1/callbacks?cursor=${page.next}`, auditor);
    expect(foreign.status).toBe(400);
  });

  it('is for those of the station', async () => {
    expect((await list('', { role: 'volunteer', station: 'ZGC2' })).body.type).toContain('foreign-station');
    expect((await list('', analyst)).body.type).toContain('forbidden-role');
    expect((await list('', auditor)).status).toBe(200);
    expect((await app.get('/v1/stations/NONE/callbacks', auditor)).status).toBe(404);
  });
});
