import type { RequestCommand, Resident } from '#requests';
import {
  type QueriesApplication,
  analyst,
  auditor,
  handler,
  startQueries,
  volunteer,
} from '../spec/queries.application.js';
import { property } from '../spec/town.js';

// A zone in which it is noon now, or a little later: midnight is far whenever this runs.
const hour = new Date().getUTCHours();
const zone = hour <= 12 ? `Etc/GMT-${12 - hour}` : `Etc/GMT+${hour - 12}`;
const after = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
const yesterday = after(-24);

const resident: Resident = { name: '王桂兰', phone: '13800000000', flat: '501' };
const due = (kind: 'acceptance' | 'resolution', hours: number) => ({
  deadlines: [{ kind, dueAt: after(hours) }],
  source: { system: 'test', key: `${kind} ${hours}` },
});
const assign: RequestCommand = { type: 'Assign', data: { to: property } };
const accept: RequestCommand = { type: 'Accept', data: {} };
const resolve: RequestCommand = { type: 'Resolve', data: { outcome: '已清理' } };
const pause: RequestCommand = { type: 'Pause', data: { approver: '李主任', reason: '等配件' } };

describe('what a station has before it today', () => {
  let app: QueriesApplication;
  const named = new Map<string, string>();
  const log = async (name: string, data: object, ...commands: RequestCommand[]) => {
    const id = await app.town.log('YFXJ', yesterday, { summary: name, ...data });
    await app.town.act(id, after(-23), ...commands);
    named.set(id, name);
    return id;
  };

  beforeAll(async () => {
    app = await startQueries();
    await app.town.open('YFXJ', {}, zone);
    await app.town.open('ZGC2', {}, zone);
    await log('very late', due('resolution', -30), assign, accept);
    await log('late', { ...due('resolution', -3), resident }, assign, accept);
    await log('due today', due('resolution', 6), assign, accept);
    await log('due sooner', due('acceptance', 2), assign);
    await log('due tomorrow', due('resolution', 25), assign, accept);
    await log('late but paused', due('resolution', -2), assign, accept, pause);
    await log('late but resolved', { ...due('resolution', -4), resident }, assign, accept, resolve);
    await log('nobody has it', {});
    await app.town.log('ZGC2', yesterday, { summary: 'elsewhere', ...due('resolution', -9) });
  }, 60_000);
  afterAll(() => app.close());

  const today = (query = '', as = volunteer) => app.get(`/v1/stations/YFXJ/today${query}`, as);
  const names = (list: { items: { id: string }[] }) => list.items.map(({ id }) => named.get(id));

  it('is what is overdue, the latest first', async () => {
    const { body } = await today();
    expect([body.overdue.count, names(body.overdue)]).toEqual([2, ['very late', 'late']]);
    const [{ due, words, ...item }] = body.overdue.items;
    expect(item).toEqual({
      id: expect.stringMatching(/^YFXJ-/),
      summary: 'very late',
      category: null,
      place: { building: null, unit: null },
      status: 'accepted',
      holder: property,
    });
    expect(due).toMatchObject({ kind: 'resolution' });
    expect(due.overdueMinutes).toBeGreaterThanOrEqual(30 * 60);
    expect(words.zh).toMatch(/^办结已超期1天6小时/);
  });

  it('is what is due before the next midnight there, the next one first', async () => {
    const { body } = await today();
    expect([body.dueToday.count, names(body.dueToday)]).toEqual([2, ['due sooner', 'due today']]);
    expect(body.dueToday.items[0].due).toMatchObject({ kind: 'acceptance', overdueMinutes: 0 });
    expect(body.dueToday.items[0].words.en).toMatch(/^acceptance due today by \d\d:\d\d$/);
  });

  it('is what nobody has taken on, with a deadline or without', async () => {
    const { awaitingAcceptance: list } = (await today()).body;
    expect([list.count, names(list).sort()]).toEqual([2, ['due sooner', 'nobody has it']]);
    const unheld = list.items.find(({ summary }: { summary: string }) => summary === 'nobody has it');
    expect(unheld).toMatchObject({ holder: null, due: null, status: 'logged' });
    expect(unheld.words.zh).toMatch(/^已等待1天.*，尚无承办单位$/);
  });

  it('is whose resident has not been called back, without saying who that is', async () => {
    const { status, body } = await today();
    expect([body.callbacks.count, names(body.callbacks)]).toEqual([1, ['late but resolved']]);
    expect(body.callbacks.items[0].words.zh).toMatch(/^办结已23小时.*待回访1人$/);
    expect(status).toBe(200);
    expect(JSON.stringify(body)).not.toMatch(/王桂兰|13800000000|"501"/);
  });

  it('is of a day and a moment', async () => {
    const { body } = await today();
    expect(body).toMatchObject({
      station: { code: 'YFXJ', name: 'YFXJ驿站', timeZone: zone },
      day: new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(new Date()),
      asOf: { position: String(app.town.position) },
    });
  });

  it('counts all where it shows some', async () => {
    const { body } = await today('?limit=1');
    expect([body.overdue.count, names(body.overdue)]).toEqual([2, ['very late']]);
    expect([body.dueToday.count, body.awaitingAcceptance.count, body.callbacks.count]).toEqual([2, 2, 1]);
    expect((await today('?limit=0')).status).toBe(400);
    expect((await today('?limit=1&limit=2')).status).toBe(400);
  });

  it('is not due any more once it is resolved', async () => {
    const id = await log('soon resolved', due('resolution', -1), assign, accept);
    expect(names((await today()).body.overdue)).toContain('soon resolved');
    await app.town.act(id, after(0), resolve);
    expect(names((await today()).body.overdue)).not.toContain('soon resolved');
  });

  it('is due again once its clock runs again', async () => {
    const id = await log('paused for a while', due('resolution', -1), assign, accept, pause);
    expect(names((await today()).body.overdue)).not.toContain('paused for a while');
    await app.town.act(id, after(0), { type: 'Resume', data: {} });
    expect(names((await today()).body.overdue)).toContain('paused for a while');
  });

  it('is overdue although it was paused, where it had been due before', async () => {
    const id = await log('paused too late', due('resolution', -2), assign, accept);
    await app.town.act(id, after(-1), pause);
    const late = (await today()).body.overdue;
    expect(names(late)).toContain('paused too late');
    await app.town.act(id, after(0), resolve);
  });

  it('is for those who may read the logbook of the station', async () => {
    expect((await today('', { role: 'volunteer', station: 'ZGC2' })).body.type).toContain('foreign-station');
    expect((await today('', { role: 'coordinator', community: '别处' })).body.type).toContain('out-of-scope');
    for (const who of [analyst, handler])
      expect((await today('', who)).body.type).toContain('forbidden-role');
    expect((await today('', auditor)).status).toBe(200);
    expect((await app.get('/v1/stations/NONE/today', auditor)).status).toBe(404);
  });
});
