import { nameId } from '#event-sourcing';
import { startStation } from '../processes/station.process.js';
import { clientOf } from './client.js';
import { committee, elsewhere, ice, openTown, property, type Town } from './town.js';

let town: Town;
beforeAll(async () => {
  town = await openTown();
}, 240_000);
afterAll(() => town.leave());

const under = (key: string, more: Record<string, string> = {}) => ({
  headers: { 'idempotency-key': key, ...more },
});

describe('the same key with the same body', () => {
  it('gives the first answer again, after other events too', async () => {
    const id = await town.logged(ice, under('first-answer'));
    const first = await town.say(id, 'assignment', { to: property }, under('assign-once'));
    await town.say(id, 'acceptance');
    await town.say(id, 'resolution', { outcome: '物业已清理' });
    const head = await town.events.head();

    const again = await town.say(id, 'assignment', { to: property }, under('assign-once'));
    expect(again.body).toEqual(first.body);
    for (const header of ['etag', 'consistency-token', 'location', 'idempotency-key']) {
      expect(again.headers.get(header)).toBe(first.headers.get(header));
    }
    const logged = await town.post('/v1/requests', ice, {
      as: town.tokens.volunteer,
      ...under('first-answer'),
    });
    expect(logged).toMatchObject({ status: 201, body: { id, status: 'logged', revision: '3' } });
    expect(await town.events.head()).toBe(head);
  });

  it('is the same whatever order its members have, and with an If-Match that has gone stale', async () => {
    const id = await town.logged();
    const first = await town.say(
      id,
      'assignment',
      { to: property, note: '快' },
      under('order', { 'if-match': '"3"' }),
    );
    const turned = { note: '快', to: { name: property.name, kind: property.kind, id: property.id } };
    const again = await town.say(id, 'assignment', turned, under('order', { 'if-match': '"3"' }));
    expect([again.status, again.body]).toEqual([200, first.body]);
  });

  it('gives it to twenty who ask at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        town.post('/v1/requests', ice, { as: town.tokens.volunteer, ...under('at-once') }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    const [first] = answers;
    for (const { body } of answers) expect(body).toEqual(first?.body);
    expect(await town.events.of(`request-${first?.body.id}`)).toHaveLength(4);

    const id = String(first?.body.id);
    const assigned = await Promise.all(
      Array.from({ length: 20 }, () => town.say(id, 'assignment', { to: property }, under('assign-at-once'))),
    );
    for (const { status, body } of assigned) expect([status, body]).toEqual([200, assigned[0]?.body]);
    expect(await town.events.of(`request-${id}`)).toHaveLength(6);
  });

  it('keeps the day of its first use when it comes again a day later', async () => {
    // What the first send of the day before left behind, and then the retry of today.
    const yesterday = '2026-01-12T23:59:00+08:00';
    const id = await town.logged({ ...ice, occurredAt: yesterday }, under('after-midnight'));
    expect(id).toMatch(/^YFXJ-260112-/);
    const [taken] = await town.events.of(`key-${nameId('after-midnight')}`);
    expect(taken).toMatchObject({ type: 'KeyTaken', data: { day: '2026-01-12' } });
    const again = await town.post(
      '/v1/requests',
      { ...ice, occurredAt: yesterday },
      { as: town.tokens.volunteer, ...under('after-midnight') },
    );
    expect(again.body.id).toBe(id);
  });
});

describe('the same key of what was in effect already', () => {
  it('changes nothing after others have changed it', async () => {
    const id = await town.inState('assigned');
    const first = await town.say(id, 'assignment', { to: property }, under('in-effect'));
    expect(first.body.events).toEqual([]);
    await town.say(id, 'assignment', { to: committee });
    const head = await town.events.head();
    const again = await town.say(
      id,
      'assignment',
      { to: property },
      under('in-effect', { 'if-match': '"0"' }),
    );
    expect([again.status, again.body]).toEqual([200, first.body]);
    for (const header of ['etag', 'consistency-token']) {
      expect(again.headers.get(header)).toBe(first.headers.get(header));
    }
    const another = await town.say(id, 'assignment', { to: property, note: '快' }, under('in-effect'));
    expect(another).toMatchObject(refused);
    expect(await town.events.head()).toBe(head);
  });

  it('is kept for stations as well', async () => {
    const as = town.tokens.admin;
    const renamed = (name: string, key: string) =>
      town.post(`/v1/stations/${elsewhere.code}/name`, { name }, { as, ...under(key) });
    const first = await renamed(elsewhere.name, 'same-name');
    await renamed('槐荫里党群服务站', 'other-name');
    expect((await renamed(elsewhere.name, 'same-name')).body).toEqual(first.body);
    const names = (await town.events.of(`station-${elsewhere.code}`)).map(({ data }) => data['name']);
    expect(names).toEqual([elsewhere.name, '槐荫里党群服务站']);
  });

  it('belongs to one request: another one may be told under it', async () => {
    const [one, other] = [await town.inState('assigned'), await town.inState('assigned')];
    for (const id of [one, other]) {
      const answer = await town.say(id, 'assignment', { to: property }, under('for-each'));
      expect(answer).toMatchObject({ status: 200, body: { id, events: [] } });
    }
  });
});

const refused = { status: 422, body: { type: 'urn:yizhan:problem:idempotency-key-reused' } };

describe('the same key with another body', () => {
  it('is refused and changes nothing', async () => {
    const id = await town.logged(ice, under('reused'));
    await town.say(id, 'assignment', { to: property }, under('reused-assignment'));
    const opening = {
      code: 'KEYS',
      name: '钥匙驿站',
      community: '一社区',
      street: '一街道',
      district: '一区',
    };
    const as = town.tokens.admin;
    expect((await town.post('/v1/stations', opening, { as, ...under('reused-station') })).status).toBe(201);
    const head = await town.events.head();
    expect(
      await town.post(
        '/v1/requests',
        { ...ice, summary: '另一件事' },
        { as: town.tokens.volunteer, ...under('reused') },
      ),
    ).toMatchObject(refused);
    expect(
      await town.say(id, 'assignment', { to: property, note: '快' }, under('reused-assignment')),
    ).toMatchObject(refused);
    expect(
      await town.post('/v1/stations', { ...opening, name: '别的名字' }, { as, ...under('reused-station') }),
    ).toMatchObject(refused);
    expect(
      await town.post('/v1/stations', { ...opening, code: 'KEYS2' }, { as, ...under('reused-station') }),
    ).toMatchObject(refused);
    expect(await town.events.head()).toBe(head);
  });
});

const note = (number: number) => ({ note: `第${number}次跟进` });

describe('twenty who change one request at once', () => {
  const twenty = Array.from({ length: 20 }, (_, number) => number);

  it('have one winner where all decided on the same revision', async () => {
    const id = await town.inState('accepted');
    const answers = await Promise.all(
      twenty.map((number) => town.say(id, 'progress', note(number), { headers: { 'if-match': '"6"' } })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([
      200,
      ...Array.from({ length: 19 }, () => 412),
    ]);
    expect(await town.events.of(`request-${id}`)).toHaveLength(8);
  });

  it('all land where nobody said what it was decided on', async () => {
    const id = await town.inState('accepted');
    const send = async (number: number): Promise<number> => {
      const { status } = await town.say(id, 'progress', note(number), under(`lands-${number}`));
      return status === 409 ? send(number) : status; // a race lost four times says so and is sent again
    };
    expect(new Set(await Promise.all(twenty.map(send)))).toEqual(new Set([200]));
    const notes = (await town.events.of(`request-${id}`)).slice(7).map(({ data }) => data['note']);
    expect(notes.sort()).toEqual(twenty.map((number) => note(number).note).sort());
  });
});

it('gives the first answer again after a restart of the station', async () => {
  const asking = { as: town.tokens.volunteer, ...under('restart') };
  const first = await town.post('/v1/requests', ice, asking);
  await town.events.dispose();
  expect(await town.station.stop()).toBe(0);
  const again = await startStation({ home: town.station.home });
  const answer = await clientOf(again.url).post('/v1/requests', ice, asking);
  expect([answer.status, answer.body]).toEqual([201, first.body]);
  expect(answer.headers.get('consistency-token')).toBe(first.headers.get('consistency-token'));
}, 240_000);
