import { setTimeout as sleep } from 'node:timers/promises';
import { shippedPolicy } from '#policies';
import { knowing } from './client.js';
import { openTown, type Town } from './town.js';

let town: Town;
beforeAll(async () => {
  town = await openTown();
}, 240_000);
afterAll(() => town.leave());

const district = encodeURIComponent('和平区');
// Absent is absent at the door: what demands nothing is left out.
const body = JSON.parse(JSON.stringify(shippedPolicy, (_, value: unknown) => value ?? undefined)) as object;
const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const publish = (more: object, headers: Record<string, string> = {}) =>
  town.post(`/v1/districts/${district}/policies`, { ...body, ...more }, { as: town.tokens.admin, headers });
const read = async (query = '') =>
  (await town.get(`/v1/districts/${district}/policies${query}`, { as: town.tokens.handler })).body;

const rehearse = (name: string) =>
  town.post(
    `/v1/districts/${encodeURIComponent(name)}/policies`,
    { ...body, from: day(60), dryRun: true },
    { as: town.tokens.admin },
  );

const at = (code: string, year: number) =>
  town.get(`/v1/calendars/${encodeURIComponent(code)}?year=${year}`, { as: town.tokens.volunteer });

const open = async (code: string, name: string) => {
  const place = { name: `${name}驿站`, community: '一社区', street: '一街道', district: name };
  const opened = await town.post('/v1/stations', { code, ...place }, { as: town.tokens.admin });
  expect(opened.status).toBe(201);
  return opened;
};

describe('the policy of a district', () => {
  it('is the one that comes with the program until there is another', async () => {
    expect(await read()).toMatchObject({ inForce: { name: 'default@0' }, versions: [] });
  });

  it('is told of a district from its first station on, to whoever sends the token of its opening', async () => {
    const as = town.tokens.admin;
    for (const [code, name] of [
      ['CYYZ', '朝阳区'],
      ['FTYZ', '丰台区'],
      ['SJSYZ', '石景山区'],
    ] as const) {
      const headers = knowing(await open(code, name));
      const { body } = await town.get(`/v1/districts/${encodeURIComponent(name)}/policies`, { as, headers });
      expect(body).toMatchObject({ inForce: { name: 'default@0' }, versions: [] });
    }
  });

  it('is published for a day to come, once, and the one in force stays as it is', async () => {
    const from = day(30);
    const first = await publish({ from }, { 'idempotency-key': 'policy-1' });
    expect([first.status, first.body]).toEqual([
      200,
      {
        code: '和平区',
        version: 1,
        events: ['PolicyPublished'],
        dryRun: false,
        revision: '0',
        policy: shippedPolicy,
      },
    ]);
    const again = await publish({ from }, { 'idempotency-key': 'policy-1' });
    expect([again.status, again.body]).toEqual([200, first.body]);
    const said = await publish({ from });
    expect([said.status, said.body]).toEqual([200, { ...first.body, events: [] }]);
    const other = await publish({ from: day(40) }, { 'idempotency-key': 'policy-1' });
    expect(other.status).toBe(422);

    expect(await read()).toMatchObject({ inForce: { name: 'default@0' }, versions: [{ version: 1, from }] });
    const then = encodeURIComponent(`${day(31)}T00:00:00+08:00`);
    expect(await read(`?at=${then}`)).toMatchObject({
      inForce: { name: '和平区@1', policy: shippedPolicy },
      on: day(31),
    });
  });

  it('says how often a resident is called in vain, three times where it does not', async () => {
    const { callbacks: _, ...silent } = body as { callbacks: object };
    const wrong = { ...silent, from: day(60), dryRun: true, callbacks: { attempts: 0 } };
    const refused = await town.post(`/v1/districts/${district}/policies`, wrong, { as: town.tokens.admin });
    expect([refused.status, refused.body.errors]).toMatchObject([400, [{ field: 'callbacks.attempts' }]]);
    expect(await read()).toMatchObject({ inForce: { policy: { callbacks: { attempts: 3 } } } });
  });

  it('is only thought through in a dry run', async () => {
    const before = await read();
    expect((await publish({ from: day(60), dryRun: true })).body).toMatchObject({
      version: 2,
      events: ['PolicyPublished'],
      dryRun: true,
    });
    expect(await read()).toEqual(before);
  });

  it('is refused with what is wrong, field by field, in both languages', async () => {
    const { weights } = shippedPolicy.rates;
    const rates = { ...shippedPolicy.rates, weights: { ...weights, response: 11 } };
    const wrong = { from: day(60), rates, otherwise: 'calm' };
    const english = await publish(wrong, { 'accept-language': 'en' });
    expect([english.status, english.body.errors]).toEqual([
      400,
      [
        { field: 'otherwise', message: 'is no class of this policy' },
        { field: 'rates.weights', message: 'must be whole numbers that sum to 100' },
      ],
    ]);
    const chinese = await publish(wrong, { 'accept-language': 'zh-CN' });
    expect(chinese.body.errors[0]).toEqual({ field: 'otherwise', message: '没有这个紧急程度' });
    expect((await publish({ from: '2027-02-30' })).body.errors).toMatchObject([{ field: 'from' }]);
  });

  it('never holds from a day that has passed, and never skips a version', async () => {
    expect((await publish({ from: day(-3) })).body).toMatchObject({ reason: 'policy-from-the-past' });
    expect((await publish({ from: day(60), version: 7 })).body).toMatchObject({
      reason: 'policy-version-not-next',
      next: 2,
    });
  });

  it('may be published before a district has its first station, but for no name that could be none', async () => {
    expect((await rehearse('将来区')).body).toMatchObject({ code: '将来区', events: ['PolicyPublished'] });
    const never = await rehearse('?!');
    expect([never.status, never.body.type]).toEqual([404, 'urn:yizhan:problem:unknown-district']);
  });

  it('is not there for a district that nobody has heard of', async () => {
    const answer = await town.get('/v1/districts/nowhere/policies', { as: town.tokens.admin });
    expect([answer.status, answer.body.type]).toEqual([404, 'urn:yizhan:problem:unknown-district']);
  });
});

describe('a calendar', () => {
  it('is told of a district from its first station on, to whoever sends the token of its opening', async () => {
    for (const [code, name] of [
      ['TZYZ', '通州区'],
      ['SYYZ', '顺义区'],
      ['DXYZ', '大兴区'],
    ] as const) {
      const asking = { as: town.tokens.admin, headers: knowing(await open(code, name)) };
      const { status } = await town.get(`/v1/calendars/${encodeURIComponent(name)}?year=2026`, asking);
      expect([name, status]).toEqual([name, 200]);
    }
  });

  const year = {
    year: 2098,
    daysOff: [{ from: '2098-10-01', to: '2098-10-07', name: '国庆节' }],
    makeUpDays: [{ day: '2098-10-11', name: '国庆节' }],
  };

  it('knows the years that were published, and says of others that it guesses', async () => {
    expect((await at('default', 2026)).body).toMatchObject({
      version: 'default@0',
      published: true,
      days: expect.arrayContaining([
        { from: '2026-10-01', to: '2026-10-07', kind: 'day-off', name: '国庆节' },
        { from: '2026-10-10', to: '2026-10-10', kind: 'make-up-day', name: '国庆节' },
      ]) as unknown,
    });
    expect((await at('default', 2098)).body).toMatchObject({ published: false, days: [] });
  });

  it('is published for a year, and a district lays its own over it', async () => {
    const answer = await town.post('/v1/calendars/default', year, { as: town.tokens.admin });
    expect(answer.body).toMatchObject({ code: 'default', version: 1, events: ['CalendarPublished'] });
    expect((await at('default', 2098)).body).toMatchObject({ published: true, version: 'default@1' });
    const again = await town.post('/v1/calendars/default', year, { as: town.tokens.admin });
    expect(again.body).toMatchObject({ code: 'default', version: 1, events: [] });
    const own = {
      year: 2098,
      daysOff: [{ from: '2098-05-05', to: '2098-05-05', name: '区庆' }],
      makeUpDays: [],
      workingHours: { from: '09:00', to: '17:30' },
    };
    await town.post(`/v1/calendars/${district}`, own, { as: town.tokens.admin });
    expect((await at('和平区', 2098)).body).toMatchObject({
      version: 'default@1+和平区@1',
      workingHours: { from: '09:00', to: '17:30' },
      days: [
        { from: '2098-05-05', to: '2098-05-05', kind: 'day-off', name: '区庆' },
        { from: '2098-10-01', to: '2098-10-07', kind: 'day-off', name: '国庆节' },
        { from: '2098-10-11', to: '2098-10-11', kind: 'make-up-day', name: '国庆节' },
      ],
    });
  });

  it('has open deadlines counted again when it is published', async () => {
    const id = await town.logged();
    const own = {
      year: 2097,
      daysOff: [{ from: '2097-05-05', to: '2097-05-05', name: '区庆' }],
      makeUpDays: [],
    };
    const answer = await town.post(`/v1/calendars/${district}`, own, { as: town.tokens.admin });
    expect(answer.body).toMatchObject({ code: '和平区', events: ['CalendarPublished'] });
    const { version } = (await at('和平区', 2097)).body;
    const versions = async () => {
      const { body } = await town.get(`/v1/requests/${id}/deadlines`, { as: town.tokens.volunteer });
      return (body['deadlines'] as { calendarVersion: string }[]).map(
        ({ calendarVersion }) => calendarVersion,
      );
    };
    expect(await versions()).not.toContain(version);
    const until = Date.now() + 60_000;
    while ((await versions())[0] !== version && Date.now() < until) await sleep(200);
    expect(await versions()).toEqual([version, version, version]);
  }, 120_000);

  it('cannot have a day twice', async () => {
    const twice = { ...year, daysOff: [...year.daysOff, ...year.daysOff] };
    const answer = await town.post('/v1/calendars/default', twice, {
      as: town.tokens.admin,
      headers: { 'accept-language': 'en' },
    });
    expect([answer.status, answer.body.errors]).toEqual([
      400,
      [{ field: 'daysOff.1', message: 'names a day a second time' }],
    ]);
  });
});
