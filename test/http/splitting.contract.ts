import { finish as finishAt, parts, split as splitAt, wang } from './lives.js';
import { knowing } from './client.js';
import { ice, property, type Town } from './town.js';

let town: Town;

const split = (id: string, more = {}, asking = {}) => splitAt(town, id, more, asking);
const finish = (id: string) => finishAt(town, id);

async function seen(id: string) {
  const token = `${await town.events.head()}@request-${id}`;
  const headers = knowing(token);
  return (await town.get(`/v1/requests/${id}`, { as: town.tokens.volunteer, headers })).body;
}
const types = async (id: string) =>
  (await town.events.of(`request-${id}`)).map(({ type }) => type).filter((type) => type !== 'DeadlineSet');
const partsOf = async (id: string, ...asking: [object?, object?]) =>
  (await split(id, ...asking)).body['parts'] as [string, string];

/** A request split into parts. `open` gives the place where it happens. */
export function splitting(open: () => Promise<Town>): void {
  beforeAll(async () => {
    town = await open();
  }, 240_000);
  afterAll(() => town.leave());

  describe('splitting a request', () => {
    it('makes requests of their own with numbers of their own, which know their parent', async () => {
      const id = await town.logged({ ...ice, resident: wang });
      const answer = await split(id);
      expect([answer.status, answer.body]).toMatchObject([200, { id, status: 'logged', events: ['Split'] }]);
      const [west, east] = answer.body['parts'] as [string, string];
      expect(await seen(id)).toMatchObject({
        parts: [
          { id: west, summary: parts[0]?.summary },
          { id: east, summary: parts[1]?.summary },
        ],
      });
      expect(await seen(east)).toMatchObject({
        id: east,
        status: 'logged',
        partOf: id,
        category: '供水排水',
        resident: wang,
        place: ice.place,
      });
      expect(await types(west)).toEqual(['RequestLogged']);
    });

    it('late leaves its parts the time that is left', async () => {
      const occurredAt = new Date(Date.now() - 5 * 86_400_000).toISOString();
      const id = await town.logged({ ...ice, occurredAt });
      const begun = async (of: string) =>
        Object.fromEntries(
          (await town.events.of(`request-${of}`))
            .filter(({ type }) => type === 'DeadlineSet')
            .map(({ data }) => [data['kind'], (data['derivation'] as { from: string }).from]),
        );
      const [west] = await partsOf(id);
      expect((await begun(id))['resolution']).toBe(occurredAt);
      const part = await begun(west);
      expect(part['resolution']).toBe(occurredAt);
      expect(part['acceptance']! > occurredAt).toBe(true);
    });

    it('under one key gives the same numbers, and the same words are the same parts without one', async () => {
      const id = await town.logged();
      const asking = { headers: { 'idempotency-key': `split-${id}` } };
      const first = await split(id, {}, asking);
      expect((await split(id, {}, asking)).body).toEqual(first.body);
      const again = await split(id);
      expect([again.body.events, again.body['parts']]).toEqual([[], first.body['parts']]);
      expect(await types(id)).toEqual(['RequestLogged', 'Split']);
    });

    it('further adds the new parts only', async () => {
      const id = await town.logged();
      const known = await partsOf(id);
      const more = await split(id, { parts: [...parts, { summary: '路灯不亮' }] });
      expect(more.body.events).toEqual(['Split']);
      expect((more.body['parts'] as string[]).slice(0, 2)).toEqual(known);
      expect((await seen(id))['parts']).toHaveLength(3);
    });

    it('is refused for a part and for no parts', async () => {
      const id = await town.logged();
      const [west] = await partsOf(id);
      const again = await split(west);
      expect([again.status, again.body.reason, again.body['parent']]).toEqual([
        409,
        'part-cannot-be-split',
        id,
      ]);
      expect((await split(id, { parts: [] })).status).toBe(400);
    });

    it('keeps parent and parts out of mergers', async () => {
      const id = await town.logged();
      const [west] = await partsOf(id);
      const other = await town.logged();
      const reasons = [];
      for (const [from, into] of [
        [west, other],
        [other, west],
        [id, other],
      ] as const) {
        reasons.push((await town.say(from, 'merging', { into, reason: '同一处' })).body.reason);
      }
      expect(reasons).toEqual(['part-cannot-be-merged', 'part-cannot-be-merged', 'parent-cannot-be-merged']);
      expect((await town.say(other, 'merging', { into: id, reason: '同一处' })).status).toBe(200);
    });
  });

  describe('a parent with open parts', () => {
    it.each([
      ['resolution', { outcome: '已清理' }, 'volunteer'],
      ['withdrawal', { reason: '好了' }, 'volunteer'],
      ['exclusion', { reason: '重复' }, 'supervisor'],
    ] as const)('refuses %s and names them', async (route, body, role) => {
      const id = await town.logged();
      const [west, east] = await partsOf(id);
      await town.say(id, 'assignment', { to: property });
      await finish(west);
      const answer = await town.say(id, route, body, { as: town.tokens[role] });
      expect([answer.status, answer.body.reason, answer.body['parts']]).toEqual([409, 'parts-open', [east]]);
      expect(answer.body.detail).toContain(east);
    });

    it('is resolved and closed even though, with the reason on record', async () => {
      const id = await town.logged();
      const [west, east] = await partsOf(id);
      await town.say(id, 'assignment', { to: property });
      await town.say(id, 'resolution', { outcome: '已清理', evenThough: '东侧另行安排' });
      const closing = await town.say(id, 'closing', {});
      expect([closing.status, closing.body.reason]).toEqual([409, 'parts-open']);
      await finish(west);
      expect((await town.say(id, 'closing', { evenThough: '东侧另行安排' })).body.events).toEqual(['Closed']);
      const told = (await town.events.of(`request-${id}`)).slice(-2).map(({ data }) => data['evenThough']);
      expect(told).toEqual([
        { parts: [west, east], reason: '东侧另行安排' },
        { parts: [east], reason: '东侧另行安排' },
      ]);
    });

    it('is resolved as ever once they are done', async () => {
      const id = await town.logged();
      for (const part of await partsOf(id)) await finish(part);
      await finish(id);
      expect(await types(id)).toEqual(['RequestLogged', 'Split', 'Assigned', 'Accepted', 'Resolved']);
      const { data } = (await town.events.of(`request-${id}`)).at(-1) ?? {};
      expect(data).not.toHaveProperty('evenThough');
    });

    it('is counted with its parts beside it, so that the sums fit', async () => {
      const headers = async (id: string) => knowing(`${await town.events.head()}@request-${id}`);
      const id = await town.logged();
      await partsOf(id);
      const { body } = await town.get(`/v1/districts/${encodeURIComponent('和平区')}/statistics`, {
        as: town.tokens.analyst,
        headers: await headers(id),
      });
      type Counts = Record<
        'logged' | 'merged' | 'parts' | 'open' | 'resolved' | 'withdrawn' | 'excluded',
        number
      >;
      const whole = body['whole'] as Counts;
      const { body: page } = await town.get('/v1/requests?limit=200', {
        as: town.tokens.volunteer,
        headers: await headers(id),
      });
      const items = page['items'] as { partOf: string | null }[];
      expect(whole.parts).toBe(items.filter(({ partOf }) => partOf !== null).length);
      expect(whole.logged + whole.merged + whole.parts).toBe(items.length);
      expect(whole.logged).toBe(whole.open + whole.resolved + whole.withdrawn + whole.excluded);
      for (const part of ['byStation', 'byCategory', 'byDay']) {
        const sum = (body[part] as Counts[]).reduce((total, { parts }) => total + parts, 0);
        expect([part, sum]).toEqual([part, whole.parts]);
      }
    });
  });
}
