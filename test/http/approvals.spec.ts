import { setTimeout as sleep } from 'node:timers/promises';
import { shippedPolicy } from '#policies';
import { here, openTown, succeeded, type Town } from './town.js';

let town: Town;
let before: { id: string; body: object; key: string };

const approved = { reason: '等配件' };
const under = (key: string) => ({ headers: { 'idempotency-key': key } });
const typesOf = async (id: string) =>
  (await town.events.of(`request-${id}`)).map(({ type }) => type).filter((type) => type !== 'DeadlineSet');

/** A district whose policy asks for the street's word where the one before was content with the community's. */
beforeAll(async () => {
  town = await openTown();
  const { coordinator, admin } = town.tokens;
  const id = await town.logged();
  const { body } = succeeded(await town.say(id, 'pause', approved, { as: coordinator, ...under('paused') }));
  before = { id, body, key: 'paused' };

  const inShanghai = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' });
  const policy = {
    ...(JSON.parse(JSON.stringify(shippedPolicy, (_, part: unknown) => part ?? undefined)) as object),
    approvals: { pause: ['supervisor'], exclude: ['supervisor'], return: ['coordinator'] },
    from: inShanghai.format(new Date()),
  };
  const path = `/v1/districts/${encodeURIComponent(here.district)}/policies`;
  succeeded(await town.post(path, policy, { as: admin }));
  await sleep(1_500); // a publication may go unnoticed for a second
}, 240_000);
afterAll(() => town.leave());

describe('who may approve what, by the policy of the district', () => {
  it('is asked of everybody who may approve at all, and what is refused changes nothing', async () => {
    const id = await town.logged();
    const { coordinator, supervisor, volunteer } = town.tokens;
    for (const as of [coordinator, volunteer]) {
      const refused = await town.say(id, 'pause', approved, { as });
      expect([refused.status, refused.body.type]).toEqual([403, 'urn:yizhan:problem:forbidden-role']);
    }
    expect(await typesOf(id)).toEqual(['RequestLogged']);
    const paused = await town.say(id, 'pause', approved, { as: supervisor });
    expect([paused.status, paused.body.events]).toEqual([200, ['ClockPaused']]);
    expect(await typesOf(id)).toEqual(['RequestLogged', 'ClockPaused']);
  });

  it('is not asked again of what was approved: the same key gives the first answer', async () => {
    const { id, body, key } = before;
    const { coordinator } = town.tokens;
    const again = await town.say(id, 'pause', approved, { as: coordinator, ...under(key) });
    expect([again.status, again.body]).toEqual([200, body]);
    const other = await town.say(
      id,
      'pause',
      { ...approved, reason: '等人' },
      { as: coordinator, ...under(key) },
    );
    expect(other.status).toBe(422);
    expect(await typesOf(id)).toEqual(['RequestLogged', 'ClockPaused']);
  });

  it('is asked of a unit that gives work back, and of whoever leaves a request out of the rates', async () => {
    const id = await town.inState('assigned');
    const { handler, coordinator, supervisor } = town.tokens;
    const reason = { reason: '不归我们管' };
    expect((await town.say(id, 'return', reason, { as: handler })).status).toBe(403);
    const returned = await town.say(id, 'return', reason, { as: coordinator });
    expect([returned.status, returned.body.events]).toEqual([200, ['Returned', 'DeadlineSet']]);
    expect((await town.say(id, 'exclusion', reason, { as: coordinator })).status).toBe(403);
    const excluded = await town.say(id, 'exclusion', reason, { as: supervisor });
    expect([excluded.status, excluded.body.events]).toEqual([200, ['Excluded']]);
  });

  it('is no policy where it names those who may not', async () => {
    const approvals = { ...shippedPolicy.approvals, exclude: ['coordinator'] };
    const path = `/v1/districts/${encodeURIComponent(here.district)}/policies`;
    const policy = JSON.parse(
      JSON.stringify({ ...shippedPolicy, approvals }, (_, part: unknown) => part ?? undefined),
    ) as object;
    const { status, body } = await town.post(
      path,
      { ...policy, from: '2099-01-01' },
      { as: town.tokens.admin },
    );
    expect([status, body['errors']]).toEqual([
      400,
      [{ field: 'approvals.exclude.0', message: '这一角色无权批准' }],
    ]);
  });

  it('is asked even where the clock stands still already', async () => {
    const refused = await town.say(before.id, 'pause', approved, { as: town.tokens.coordinator });
    expect(refused.status).toBe(403);
  });
});
