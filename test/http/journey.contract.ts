import { setTimeout as pause } from 'node:timers/promises';
import { approver, saysNo, stepsToTheShelf } from './lives.js';
import { knowing } from './client.js';
import { committee, ice, property, type Town } from './town.js';

let town: Town;

const resident = { name: '王秀英', phone: '13800000000', flat: '301' };

/** What becomes of a request, from the log to the shelf and back. `open` gives the place where it happens. */
export function lifeOfARequest(open: () => Promise<Town>): void {
  beforeAll(async () => {
    town = await open();
  }, 240_000);
  afterAll(() => town.leave());

  describe('the life of a request', () => {
    it('goes from the log to the shelf, and every step says where it stands', async () => {
      const logged = await town.post('/v1/requests', { ...ice, resident }, { as: town.tokens.volunteer });
      expect(logged.status).toBe(201);
      expect(logged.body.id).toMatch(/^YFXJ-\d{6}-[0-9A-Z]{5}$/);
      expect(logged.headers.get('location')).toBe(`/v1/requests/${logged.body.id}`);
      expect(logged.headers.get('etag')).toBe('"3"');
      expect(logged.body).toMatchObject({
        status: 'logged',
        revision: '3',
        events: ['RequestLogged', 'DeadlineSet', 'DeadlineSet', 'DeadlineSet'],
      });

      const { id } = logged.body;
      let revision = 3;
      for (const [route, body, status, events] of stepsToTheShelf) {
        revision += events.length;
        const answer = await town.say(id, route, body);
        expect([route, answer.status]).toEqual([route, 200]);
        expect(answer.body).toMatchObject({ id, status, events, revision: `${revision}` });
        expect(answer.headers.get('etag')).toBe(`"${revision}"`);
        expect(answer.headers.get('idempotency-key')).toBeTruthy();
        const seen = await read(id, answer.headers.get('consistency-token') ?? '');
        expect(seen.body).toMatchObject({ id, status, revision: `${revision}` });
        expect(seen.headers.get('etag')).toBe(`"${revision}"`);
      }
      expect((await read(id)).body).toMatchObject({ resident, outcome: '物业已清理', callbacks: 1 });
    });

    it('comes back when the resident says no, and is escalated the third time', async () => {
      const id = await town.inState('resolved');
      for (const time of [1, 2, 3]) {
        const answer = await saysNo(town, id, `又结冰了 ${time}`);
        expect(answer.body.events).toEqual(['CallbackRecorded', 'Reopened', 'DeadlineSet', 'DeadlineSet']);
        expect((await town.say(id, 'resolution', { outcome: `又清了一次 ${time}` })).body.status).toBe(
          'resolved',
        );
      }
      await escalated(id);
      expect(await seen(id)).toMatchObject({ level: 'community', reopenings: 3, status: 'resolved' });
    });

    it('is reopened by hand from the shelf', async () => {
      const id = await town.inState('closed');
      const answer = await town.say(id, 'reopening', { reason: '夜里又结冰了' });
      expect(answer.body).toMatchObject({
        status: 'reopened',
        events: ['Reopened', 'DeadlineSet', 'DeadlineSet'],
      });
    });

    it('climbs one level at a time', async () => {
      const id = await town.logged();
      const leap = await town.say(id, 'escalation', { to: 'street', reason: '三方推诿' });
      expect([leap.status, leap.body.reason]).toEqual([409, 'one-level-at-a-time']);
      for (const to of ['community', 'street', 'district']) {
        expect((await town.say(id, 'escalation', { to, reason: '三方推诿' })).body.events).toEqual([
          'Escalated',
        ]);
      }
      expect(await seen(id)).toMatchObject({ level: 'district' });
    });

    it('is escalated when it was returned three times', async () => {
      const id = await town.logged();
      for (const time of [1, 2, 3]) {
        await town.say(id, 'assignment', { to: time === 2 ? committee : property });
        const unit = await town.token('handler', { unit: time === 2 ? committee.id : property.id });
        const answer = await town.say(id, 'return', { reason: '不属于我单位职责' }, { as: unit });
        expect(answer.body.events).toEqual(['Returned', 'DeadlineSet']);
      }
      await escalated(id);
      expect(await seen(id)).toMatchObject({ status: 'returned', returns: 3, level: 'community' });
    });

    it('stands still while it is paused, with the approver on record', async () => {
      const id = await town.inState('accepted');
      const as = await approver(town);
      expect((await town.say(id, 'pause', { reason: '等待配件到货' }, { as })).body.events).toEqual([
        'ClockPaused',
      ]);
      expect(await seen(id)).toMatchObject({ paused: true, status: 'accepted' });
      expect((await town.say(id, 'resumption', {}, { as })).body.events[0]).toBe('ClockResumed');
      expect(await seen(id)).toMatchObject({ paused: false });
      const [paused] = (await town.events.of(`request-${id}`)).filter(({ type }) => type === 'ClockPaused');
      expect(paused?.data).toEqual({ approver: '陈静', reason: '等待配件到货', at: expect.any(String) });
    });

    it('is held to its deadlines as a pause has moved them, also by what is done meanwhile', async () => {
      const id = await town.inState('assigned');
      await town.say(id, 'pause', { reason: '等待配件到货' }, { as: town.tokens.coordinator });
      const moved = async (route: string, body: object) => (await town.say(id, route, body)).body.events;
      expect(await moved('acceptance', {})).toEqual(['DeadlineSet', 'Accepted']);
      expect(await moved('contact', { reached: true, channel: 'phone' })).toEqual([
        'DeadlineSet',
        'ResidentContacted',
      ]);
      const other = await town.inState('assigned');
      await town.say(other, 'pause', { reason: '等待配件到货' }, { as: town.tokens.coordinator });
      const resolution = await town.say(other, 'resolution', { outcome: '已更换' });
      expect(resolution.body.events[0]).toBe('DeadlineSet');
      expect(resolution.body.events.at(-1)).toBe('Resolved');
    });

    it('is excluded from the rates with the approver on record', async () => {
      const id = await town.logged();
      const as = await town.token('supervisor', { street: '朝阳街道' }, { name: '孙立' });
      const answer = await town.say(id, 'exclusion', { reason: '重复诉求，非本辖区' }, { as });
      expect(answer.body).toMatchObject({ status: 'excluded', events: ['Excluded'] });
      expect((await town.events.of(`request-${id}`)).at(-1)?.data).toMatchObject({ approver: '孙立' });
    });

    it('is claimed by whoever asks, recategorised, corrected and withdrawn', async () => {
      const id = await town.logged();
      const as = await town.token('volunteer', { station: 'YFXJ' }, { subject: 'zhang', name: '张连生' });
      const corrected = {
        summary: '6号楼前路面结冰',
        place: { building: '6号楼' },
        reason: '登记时楼号写错',
      };
      expect((await town.say(id, 'claim', {}, { as })).body).toMatchObject({
        status: 'accepted',
        events: ['Claimed'],
      });
      expect((await town.say(id, 'category', { category: '道路' })).body.events).toEqual(['Recategorised']);
      expect((await town.say(id, 'correction', corrected)).body.events).toEqual(['Corrected']);
      expect(await seen(id)).toMatchObject({
        lead: { id: 'zhang', kind: 'volunteer', name: '张连生' },
        category: '道路',
        summary: '6号楼前路面结冰',
        place: { building: '6号楼', unit: null },
      });
      const withdrawn = await town.say(id, 'withdrawal', { reason: '居民自行解决' });
      expect(withdrawn.body).toMatchObject({ status: 'withdrawn', events: ['Withdrawn'], allowed: [] });
    });

    it('remembers who spoke, in what role, and when it happened', async () => {
      const occurredAt = '2025-11-22T07:50:00+08:00';
      const as = await town.token('volunteer', { station: 'YFXJ' }, { subject: 'li', name: '李桂兰' });
      const id = await town.logged({ ...ice, occurredAt, paper: { page: 12, line: 3 } }, { as });
      expect(id).toMatch(/^YFXJ-251122-/);
      const [logged] = await town.events.of(`request-${id}`);
      expect(logged?.metadata).toMatchObject({
        actor: { subject: 'li', name: '李桂兰', role: 'volunteer', station: 'YFXJ' },
        occurredAt: '2025-11-21T23:50:00.000Z',
      });
      expect(await seen(id)).toMatchObject({ loggedAt: '2025-11-21T23:50:00.000Z', loggedDay: '2025-11-22' });
    });
  });
}

const read = (id: string, token?: string) =>
  town.get(`/v1/requests/${id}`, {
    as: town.tokens.volunteer,
    headers: token ? knowing(token) : {},
  });

/** Until a rule has noticed what happened. */
async function escalated(id: string): Promise<void> {
  const types = async () => (await town.events.of(`request-${id}`)).map(({ type }) => type);
  for (const end = Date.now() + 60_000; Date.now() < end; await pause(50)) {
    if ((await types()).includes('Escalated')) return;
  }
  throw new Error('nobody was called');
}

/** The request once the read model has everything: its newest event is asked for by a repeated command. */
async function seen(id: string) {
  const { length } = await town.events.of(`request-${id}`);
  const head = await town.events.head();
  const { body } = await read(id, `${head}@request-${id}`);
  expect(body.revision).toBe(`${length - 1}`);
  return body;
}
