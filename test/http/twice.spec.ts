import { ice, openTown, property, type Town } from './town.js';

let town: Town;
beforeAll(async () => {
  town = await openTown();
}, 240_000);
afterAll(() => town.leave());

const at = '2026-01-12T08:30:00+08:00';

type Said = {
  route: string;
  to: 'logged' | 'assigned' | 'accepted' | 'resolved';
  body: object;
  as?: 'volunteer' | 'coordinator' | 'supervisor';
};

// Every command to a request, where it may be given.
const commands: Said[] = [
  { route: 'assignment', to: 'logged', body: { to: property } },
  { route: 'acceptance', to: 'assigned', body: {} },
  { route: 'return', to: 'assigned', body: { reason: '不属于物业' }, as: 'coordinator' },
  { route: 'claim', to: 'logged', body: {} },
  { route: 'progress', to: 'accepted', body: { note: '已撒盐', occurredAt: at } },
  { route: 'contact', to: 'accepted', body: { reached: true, channel: 'phone', occurredAt: at } },
  { route: 'resolution', to: 'accepted', body: { outcome: '物业已清理' } },
  { route: 'callback', to: 'resolved', body: { contacted: true, resolved: 'yes', occurredAt: at } },
  { route: 'closing', to: 'resolved', body: {} },
  { route: 'reopening', to: 'resolved', body: { reason: '又结冰了' } },
  { route: 'escalation', to: 'logged', body: { to: 'community', reason: '三方推诿' } },
  { route: 'pause', to: 'accepted', body: { reason: '等配件' }, as: 'coordinator' },
  { route: 'category', to: 'logged', body: { category: '道路' } },
  { route: 'correction', to: 'logged', body: { summary: '6号楼前结冰', reason: '记错楼号' } },
  { route: 'splitting', to: 'logged', body: { parts: [{ summary: '西侧' }], reason: '各管一段' } },
  { route: 'withdrawal', to: 'logged', body: { reason: '居民自行解决' } },
  { route: 'exclusion', to: 'logged', body: { reason: '非本辖区' }, as: 'supervisor' },
];

describe('said twice', () => {
  it.each<Said>(commands)('$route is said once', async ({ route, to, body, as = 'volunteer' }: Said) => {
    const id = await town.inState(to);
    await saidOnce(id, route, body, town.tokens[as]);
  });

  it('resumption is said once', async () => {
    const id = await town.inState('accepted');
    await town.say(id, 'pause', { reason: '等配件' }, { as: town.tokens.coordinator });
    await saidOnce(id, 'resumption', {}, town.tokens.coordinator);
  });

  it('merging and unmerging are said once, and the other request hears of each once', async () => {
    const [kept, twin] = [await town.logged(), await town.logged()];
    await saidOnce(twin, 'merging', { into: kept, reason: '同一处' }, town.tokens.volunteer);
    await saidOnce(twin, 'unmerging', { reason: '不是一处' }, town.tokens.volunteer);
    const heard = (await town.events.of(`request-${kept}`)).map(({ type }) => type);
    expect(heard.filter((type) => type !== 'DeadlineSet')).toEqual(['RequestLogged', 'TookIn', 'GaveBack']);
  });

  it('every route of a request is among them', async () => {
    const { body } = await town.get('/openapi.json');
    const routes = Object.entries(body['paths'] as object).flatMap(([path, methods]) => {
      const route = /^\/v1\/requests\/\{id\}\/(\w+)$/.exec(path)?.[1];
      return route !== undefined && 'post' in (methods as object) ? [route] : [];
    });
    const apart = ['resumption', 'merging', 'unmerging'];
    expect(routes.sort()).toEqual([...commands.map(({ route }) => route), ...apart].sort());
  });

  it('opening, renaming and closing a station change it once', async () => {
    const as = town.tokens.admin;
    const opening = {
      code: 'TWICE',
      name: '两次驿站',
      community: '一社区',
      street: '一街道',
      district: '一区',
    };
    const said: [string, object][] = [
      ['/v1/stations', opening],
      ['/v1/stations/TWICE/name', { name: '两次红色驿站' }],
      ['/v1/stations/TWICE/closing', { reason: '与相邻驿站合并' }],
    ];
    for (const [index, [path, body]] of said.entries()) {
      for (const time of [1, 2]) {
        const answer = await town.post(path, body, { as });
        expect([path, time, answer.status, answer.body.revision]).toEqual([
          path,
          time,
          path === '/v1/stations' ? 201 : 200,
          `${index}`,
        ]);
      }
      expect(await town.events.of('station-TWICE')).toHaveLength(index + 1);
    }
  });

  it('logging under one key makes one request', async () => {
    const asking = { headers: { 'idempotency-key': 'ice-before-building-5' } };
    expect(await town.logged(ice, asking)).toBe(await town.logged(ice, asking));
  });
});

async function saidOnce(id: string, route: string, body: object, as: string) {
  const first = await town.say(id, route, body, { as });
  expect([first.status, first.body.events.length]).toEqual([200, expect.any(Number)]);
  expect(first.body.events).not.toEqual([]);
  const head = await town.events.head();
  const second = await town.say(id, route, body, { as });
  expect([second.status, second.body.events]).toEqual([200, []]);
  expect(second.body.revision).toBe(first.body.revision);
  expect(await town.events.head()).toBe(head);
}
