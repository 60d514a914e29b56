import { callsBackFor, li, merge as mergeAt, two as twoOf, unmerge, wang } from './lives.js';
import { knowing } from './client.js';
import { elsewhere, ice, property, tokensAt, type Town } from './town.js';

let town: Town;

const unseen = 'YFXJ-261122-7K3QQ';

/** A request as the read model has it once everything stored so far is there. */
async function seen(id: string, as = town.tokens.volunteer) {
  const token = `${await town.events.head()}@request-${id}`;
  const answer = await town.get(`/v1/requests/${id}`, {
    as,
    headers: knowing(token),
  });
  return answer.body;
}
const types = async (id: string) =>
  (await town.events.of(`request-${id}`)).map(({ type }) => type).filter((type) => type !== 'DeadlineSet');
const two = () => twoOf(town);
const merge = (id: string, into: string, asking = {}) => mergeAt(town, id, into, asking);

/** One request merged into another, and taken out again. `open` gives the place where it happens. */
export function merging(open: () => Promise<Town>): void {
  beforeAll(async () => {
    town = await open();
  }, 240_000);
  afterAll(() => town.leave());

  describe('merging one request into another', () => {
    it('is decided by the one, and the other takes it in with its resident', async () => {
      const [kept, twin] = await two();
      const answer = await merge(twin, kept);
      expect([answer.status, answer.body]).toMatchObject([
        200,
        { id: twin, status: 'merged', events: ['Merged'], allowed: ['Unmerge'] },
      ]);
      expect(await types(kept)).toEqual(['RequestLogged', 'TookIn']);
      expect(await seen(twin)).toMatchObject({
        status: 'merged',
        open: false,
        mergedInto: kept,
        resident: li,
      });
      expect(await seen(kept)).toMatchObject({
        status: 'logged',
        callers: [{ request: twin, resident: li, callbacks: 0, lastCallback: null, unreachable: false }],
      });
    });

    it('is told in the name of whoever asked, and leads back to the decision', async () => {
      const [kept, twin] = await two();
      const as = await town.token('volunteer', { station: 'YFXJ' }, { subject: 'zhang', name: '张连生' });
      await merge(twin, kept, { as });
      const merged = (await town.events.of(`request-${twin}`)).at(-1);
      const tookIn = (await town.events.of(`request-${kept}`)).at(-1);
      expect([merged?.type, tookIn?.type]).toEqual(['Merged', 'TookIn']);
      expect(tookIn?.metadata['actor']).toEqual(merged?.metadata['actor']);
      expect(tookIn?.metadata['$correlationId']).toBe(merged?.metadata['$correlationId']);
    });

    it('moves the callbacks along, and brings them back', async () => {
      const [kept, twin] = await two();
      await merge(twin, kept);
      await town.say(kept, 'assignment', { to: property });
      await town.say(kept, 'resolution', { outcome: '已清理' });
      expect((await callsBackFor(town, kept, twin)).body.events).toEqual(['CallbackRecorded']);
      expect(await seen(kept)).toMatchObject({
        callbacks: 0,
        callers: [{ request: twin, callbacks: 1, lastCallback: { satisfied: 'mostly' } }],
      });
      const back = await unmerge(town, twin);
      const deadlines = Array(3).fill('DeadlineSet');
      expect(back.body).toMatchObject({ status: 'logged', events: ['Unmerged', ...deadlines] });
      expect(await seen(twin)).toMatchObject({
        status: 'logged',
        open: true,
        mergedInto: null,
        callbacks: 1,
        lastCallback: { attempt: 1, satisfied: 'mostly' },
      });
      expect(await seen(kept)).toMatchObject({ status: 'resolved', callers: [] });
      expect(await types(kept)).toEqual([
        'RequestLogged',
        'TookIn',
        'Assigned',
        'Accepted',
        'Resolved',
        'CallbackRecorded',
        'GaveBack',
      ]);
    });

    it('moves the deadlines along that are earlier, explains them, and brings them back', async () => {
      const kept = await town.logged({ ...ice, resident: wang });
      const twin = await town.logged({ ...ice, category: '供热', resident: li });
      const deadlines = async (id: string) => {
        const { body } = await town.get(`/v1/requests/${id}/deadlines`, { as: town.tokens.volunteer });
        return body['deadlines'] as { kind: string; dueAt: string; state: string }[];
      };
      const dues = async (id: string) =>
        (await deadlines(id)).map(({ kind, dueAt, state }) => ({ kind, dueAt, state }));
      const [own, brought] = [await dues(kept), await dues(twin)];
      await merge(twin, kept);
      expect(await dues(kept)).toEqual(brought);
      expect(await dues(twin)).toEqual(brought.map((due) => ({ ...due, state: 'ended' })));
      expect((await deadlines(kept))[2]).toMatchObject({
        explanation: {
          zh: expect.stringMatching(`^并入的诉求${twin}到期更早：自.*起24小时，至`),
          en: expect.stringMatching(`^${twin}, merged into it, is due earlier: 24 hours from `),
        },
        earlier: [{ dueAt: own[2]?.dueAt }],
        derivation: { request: twin, class: 'utilities' },
      });
      await town.say(twin, 'unmerging', { reason: '不是同一处' });
      expect([await dues(kept), await dues(twin)]).toEqual([own, brought]);
    });

    it('under one key is one merging, whatever became of the other', async () => {
      const [kept, twin] = await two();
      const asking = { headers: { 'idempotency-key': `merge ${twin}`.replaceAll(' ', '-') } };
      const first = await merge(twin, kept, asking);
      await town.say(kept, 'exclusion', { reason: '非本辖区' }, { as: town.tokens.supervisor });
      const again = await merge(twin, kept, asking);
      expect([again.status, again.body]).toEqual([200, first.body]);
      const other = await town.say(twin, 'merging', { into: kept, reason: '别的理由' }, asking);
      expect(other.status).toBe(422);
      expect(await types(kept)).toEqual(['RequestLogged', 'TookIn', 'Excluded']);
    });

    it('is refused into itself, into what has ended, into what was merged, and into nothing', async () => {
      const [kept, twin] = await two();
      const closed = await town.inState('closed');
      await merge(twin, kept);
      const third = await town.logged();
      const refused = async (into: string) => {
        const { status, body } = await merge(third, into);
        return [status, body.reason, body.detail];
      };
      expect(await refused(third)).toEqual([409, 'merge-into-itself', expect.any(String)]);
      expect(await refused(closed)).toEqual([409, 'merge-target-ended', expect.stringContaining(closed)]);
      expect(await refused(twin)).toEqual([409, 'merge-target-ended', expect.stringContaining(kept)]);
      expect(await refused(unseen)).toEqual([404, 'merge-target-unknown', expect.stringContaining(unseen)]);
      const chain = await merge(kept, third);
      expect([chain.status, chain.body.reason, chain.body['requests']]).toEqual([
        409,
        'others-merged-into-it',
        [twin],
      ]);
      expect(await types(third)).toEqual(['RequestLogged']);
    });

    it('says in both languages that everything else belongs to the other one now', async () => {
      const [kept, twin] = await two();
      await merge(twin, kept);
      const head = await town.events.head();
      for (const [route, body] of [
        ['assignment', { to: property }],
        ['progress', { note: '已撒盐' }],
        ['category', { category: '扫雪除冰' }],
        ['withdrawal', { reason: '好了' }],
        ['splitting', { parts: [{ summary: '一' }], reason: '二' }],
      ] as const) {
        const answer = await town.say(twin, route, body);
        expect([route, answer.status, answer.body]).toMatchObject([
          route,
          409,
          { reason: 'request-merged', state: 'merged', allowed: ['Unmerge'], mergedInto: kept },
        ]);
        expect(answer.body.detail).toContain(`这件诉求已并入 ${kept}`);
      }
      const english = await town.say(
        twin,
        'claim',
        {},
        {
          as: town.tokens.volunteer,
          headers: { 'accept-language': 'en' },
        },
      );
      expect(english.body.detail).toContain(`merged into ${kept}`);
      expect(await town.events.head()).toBe(head);
    });

    it('needs both within the scope, and one district', async () => {
      const strangers = await tokensAt(town.station.home, elsewhere);
      const foreign = await town.logged(ice, { as: strangers.volunteer });
      const own = await town.logged();
      expect((await merge(own, foreign)).body.type).toContain('foreign-station');
      expect((await merge(own, foreign, { as: strangers.volunteer })).body.type).toContain('foreign-station');
      expect((await merge(own, foreign, { as: town.tokens.auditor })).body.type).toContain('forbidden-role');
      expect(await types(own)).toEqual(['RequestLogged']);
    });

    it('counts once in the figures, and the register still says what was written down', async () => {
      const counted = async () => {
        const token = `${await town.events.head()}@request-${kept}`;
        const { body } = await town.get(`/v1/districts/${encodeURIComponent('和平区')}/statistics`, {
          as: town.tokens.analyst,
          headers: knowing(token),
        });
        return body['whole'] as Record<string, number>;
      };
      const [kept, twin] = await two();
      const before = await counted();
      await merge(twin, kept);
      const after = await counted();
      expect([after['logged'], after['open'], after['merged']]).toEqual([
        Number(before['logged']) - 1,
        Number(before['open']) - 1,
        Number(before['merged']) + 1,
      ]);
      const { body } = await town.get('/v1/stations/YFXJ/logbook?limit=200', {
        as: town.tokens.volunteer,
        headers: knowing(`${await town.events.head()}@request-${twin}`),
      });
      const line = (body['items'] as { id: string }[]).find(({ id }) => id === twin);
      expect(line).toMatchObject({
        summary: ice.summary,
        reporter: li,
        status: 'merged',
        done: expect.stringContaining(`并入 ${kept}`),
      });
      await unmerge(town, twin);
      expect(await counted()).toEqual(before);
    });

    it('never makes a circle, however two are merged into each other at once', async () => {
      for (let time = 0; time < 5; time += 1) {
        const [one, other] = await two();
        const answers = await Promise.all([merge(one, other), merge(other, one)]);
        for (const { status } of answers) expect([200, 409]).toContain(status);
        await settled([one, other]);
        const [first, second] = [await seen(one), await seen(other)];
        expect([first['mergedInto'], second['mergedInto']].filter(Boolean).length).toBeLessThan(2);
        const taken = (body: typeof first) =>
          (body['callers'] as { request: string }[]).map(({ request }) => request);
        expect(taken(first)).toEqual(second['mergedInto'] === one ? [other] : []);
        expect(taken(second)).toEqual(first['mergedInto'] === other ? [one] : []);
      }
    });

    it('shows no resident of another to those who may see none', async () => {
      const [kept, twin] = await two();
      await town.say(kept, 'assignment', { to: property });
      await merge(twin, kept);
      for (const role of ['handler', 'analyst'] as const) {
        const body = await seen(kept, town.tokens[role]);
        expect(body['callers']).toMatchObject([{ request: twin, resident: null }]);
        for (const secret of Object.values(li)) expect(JSON.stringify(body)).not.toContain(`"${secret}"`);
      }
    });
  });
}

/** Waits until the policies have nothing more to say: both streams stay as they are. */
async function settled(ids: string[]): Promise<void> {
  const lengths = async () => JSON.stringify(await Promise.all(ids.map(types)));
  for (let [before, now] = ['', await lengths()]; before !== now; [before, now] = [now, await lengths()]) {
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}
