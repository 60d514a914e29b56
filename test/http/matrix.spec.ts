import { type Action, actions, permissions, type Role } from '#access';
import { type Answered, knowing } from './client.js';
import {
  elsewhere,
  here,
  ice,
  openTown,
  type Place,
  property,
  scopeAt,
  tokensAt,
  type Tokens,
  type Town,
} from './town.js';

const roles = [
  'volunteer',
  'coordinator',
  'supervisor',
  'handler',
  'auditor',
  'analyst',
  'admin',
] as const satisfies Role[];
type Asked = { id: string; place: Place };
/** How a route is asked, and the action of permissions.ts that stands for it. A route is `METHOD path`. */
type Entry = { action: Action; path: (asked: Asked) => string; body?: object; onlyOwn?: boolean };

const request = (action: Action, route: string, body: object): [string, Entry] => [
  `POST /v1/requests/{id}/${route}`,
  { action, path: ({ id }) => `/v1/requests/${id}/${route}`, body },
];
const reading = (path: string, action: Action, query = ''): [string, Entry] => [
  `GET ${path}`,
  {
    action,
    path: (asked) =>
      path
        .replace('{id}', asked.id)
        .replace(
          '{code}',
          path.includes('districts') ? encodeURIComponent(asked.place.district) : asked.place.code,
        ) + query,
  },
];
// Statistics are made of districts and leave nobody out; whom to call back is listed of what one answers for.
const ofWholeDistrict = '/v1/districts/{code}/callbacks';
const reason = { reason: '测试' };
const administering = (path: string, body: object = {}): Entry => ({
  action: 'rebuild-projection',
  path: () => path,
  body,
});

// The station's code is free each time, so that nothing but the role decides.
let opened = 0;
const entries = new Map<string, Entry>([
  ['POST /v1/stations', { action: 'open-station', path: () => '/v1/stations' }],
  [
    'POST /v1/stations/{code}/name',
    { action: 'rename-station', path: () => '/v1/stations/SPARE/name', body: { name: '备用' } },
  ],
  [
    'POST /v1/stations/{code}/closing',
    { action: 'close-station', path: () => '/v1/stations/SPARE/closing', body: reason },
  ],
  [
    'POST /v1/districts/{code}/policies',
    { action: 'publish-policy', path: () => '/v1/districts/default/policies' },
  ],
  ['POST /v1/calendars/{code}', { action: 'publish-calendar', path: () => '/v1/calendars/default' }],
  ['POST /v1/requests', { action: 'log-request', path: () => '/v1/requests' }],
  request('assign', 'assignment', { to: property }),
  request('accept', 'acceptance', {}),
  request('return', 'return', reason),
  request('claim', 'claim', {}),
  request('record-progress', 'progress', { note: '测试' }),
  request('contact', 'contact', { reached: true, channel: 'phone' }),
  request('resolve', 'resolution', { outcome: '测试' }),
  request('record-callback', 'callback', { contacted: false }),
  request('close', 'closing', {}),
  request('reopen', 'reopening', reason),
  request('escalate', 'escalation', { to: 'community', ...reason }),
  request('pause', 'pause', reason),
  request('resume', 'resumption', {}),
  request('recategorise', 'category', { category: '测试' }),
  request('correct', 'correction', { summary: '测试', ...reason }),
  request('withdraw', 'withdrawal', reason),
  request('exclude', 'exclusion', reason),
  request('merge', 'merging', { into: 'YFXJ-261122-7K3QQ', ...reason }),
  request('unmerge', 'unmerging', reason),
  request('split', 'splitting', { parts: [{ summary: '测试' }], ...reason }),
  reading('/v1/requests', 'list-requests'),
  reading('/v1/requests/{id}', 'read-request'),
  reading('/v1/requests/{id}/history', 'read-history'),
  reading('/v1/requests/{id}/deadlines', 'read-request'),
  reading('/v1/stations', 'read-station'),
  reading('/v1/stations/{code}', 'read-station'),
  reading('/v1/stations/{code}/logbook', 'read-logbook'),
  reading('/v1/stations/{code}/callbacks', 'read-callbacks'),
  reading('/v1/stations/{code}/today', 'read-logbook'),
  reading('/v1/districts', 'read-statistics'),
  reading('/v1/districts/{code}/statistics', 'read-statistics'),
  reading('/v1/districts/{code}/statistics.svg', 'read-statistics'),
  reading('/v1/districts/{code}/rates', 'read-rates'),
  reading('/v1/districts/{code}/rates/evidence', 'read-rates', '?rate=resolution'),
  reading(ofWholeDistrict, 'read-callbacks'),
  reading('/v1/districts/{code}/policies', 'read-policy'),
  ['GET /v1/calendars/{code}', { action: 'read-policy', path: () => '/v1/calendars/default' }],
  reading('/v1/projections', 'read-projections'),
  reading('/v1/projections/{name}', 'read-projections'),
  reading('/v1/projections/relay', 'read-projections'),
  reading('/v1/parked', 'read-projections'),
  ['POST /v1/projections/{name}/rebuild', administering('/v1/projections/none/rebuild')],
  ['DELETE /v1/projections/{name}/old', administering('/v1/projections/none/old')],
  ['POST /v1/parked/{projection}/{stream}/retry', administering('/v1/parked/none/none/retry')],
  ['POST /v1/parked/{projection}/{stream}/discard', administering('/v1/parked/none/none/discard', reason)],
  // A cursor that is none ends the answer, which would go on for ever, once the caller has been let in.
  ['GET /v1/events', { action: 'read-events', path: () => '/v1/events?after=none' }],
]);
const open = [
  'GET /health/live',
  'GET /health/ready',
  'GET /metrics',
  'GET /asyncapi.json',
  'GET /schemas/{file}',
];

let town: Town;
let strangers: Tokens;
let routes: string[];
let written: string;
let asked: Record<'own' | 'foreign' | 'mended', Asked>;
const resident = { name: '卡纳丽·不可见', phone: '13987654321', flat: '门牌7788' };
const neighbour = (id: string, name: string) => ({ id, kind: 'neighbour', name });
const [lead, helper] = [neighbour('lingtou-7788', '领头·不可见'), neighbour('bangshou-7788', '帮手·不可见')];
const secrets = [...Object.values(resident), lead.id, lead.name, helper.id, helper.name];

beforeAll(async () => {
  town = await openTown();
  strangers = await tokensAt(town.station.home, elsewhere);
  const spare = { code: 'SPARE', name: '备用', community: '备用', street: '备用', district: '备用' };
  await town.post('/v1/stations', spare, { as: town.tokens.admin });
  routes = Object.entries((await town.get('/openapi.json')).body['paths'] as object).flatMap(
    ([path, methods]) => Object.keys(methods as object).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const own = await town.logged({ ...ice, resident });
  const foreign = await town.logged({ ...ice, resident }, { as: strangers.volunteer });
  await town.say(own, 'assignment', { to: property });
  const mended = await town.logged({ ...ice, resident });
  await town.say(mended, 'assignment', { to: lead, helpers: [helper, property] });
  const accepted = await town.say(mended, 'acceptance');
  written = accepted.headers.get('consistency-token') ?? '';
  asked = {
    own: { id: own, place: here },
    foreign: { id: foreign, place: elsewhere },
    mended: { id: mended, place: here },
  };
}, 240_000);
afterAll(() => town.leave());

async function ask(route: string, as: string | undefined, where: Asked): Promise<Answered> {
  const entry = entries.get(route);
  if (!entry) throw new Error(`${route} has no entry here`);
  const [method] = route.split(' ');
  const asking = { as };
  if (method === 'GET') return town.get(entry.path(where), asking);
  if (method === 'DELETE') return town.send(method, entry.path(where), '{}', asking);
  return town.post(entry.path(where), bodyOf(route, entry, where), asking);
}

function bodyOf(route: string, { body = {} }: Entry, { place }: Asked): object {
  if (route === 'POST /v1/requests') return { ...ice, station: place.code };
  if (route !== 'POST /v1/stations') return body;
  opened += 1;
  return { ...place, code: `NEW${opened}`, name: '新站' };
}

const authentic =
  /urn:yizhan:problem:(unauthenticated|forbidden-role|foreign-station|out-of-scope|token-expired)$/;
const refusedFor = ({ body }: Answered): string | undefined => authentic.exec(body.type ?? '')?.[1];

describe('who may ask for what', () => {
  it('has an entry for every route of the documentation', () => {
    const known = new Set([...entries.keys(), ...open]);
    expect(routes.filter((route) => !known.has(route))).toEqual([]);
    expect(routes.length).toBeGreaterThan(20);
  });

  it('has a route for every action that writes', () => {
    const reached = new Set(routes.map((route) => entries.get(route)?.action));
    const reads = /^(read|list|rebuild)-/;
    expect(actions.filter((action) => !reads.test(action) && !reached.has(action))).toEqual([]);
  });

  it('refuses everybody without a token, but for health, metrics and the documentation', async () => {
    for (const route of routes) {
      const path = route.replace('GET ', '').replace('{file}', 'request.logged.v1.json');
      const answer = open.includes(route) ? await town.get(path) : await ask(route, undefined, asked.own);
      expect([route, answer.status]).toEqual([route, open.includes(route) ? 200 : 401]);
    }
    for (const path of ['/docs', '/openapi.json']) expect((await town.get(path)).status).toBe(200);
  });

  it.each(roles)(
    'lets a %s do at home what the table says',
    async (role) => {
      for (const route of routes.filter((route) => entries.has(route))) {
        const { action } = entries.get(route) as Entry;
        const answer = await ask(route, town.tokens[role], asked.own);
        const expected = permissions[action][role] ? refusedAtHome(route, role) : 'forbidden-role';
        expect([route, refusedFor(answer)]).toEqual([route, expected]);
        expect([route, answer.status < 500 || answer.text]).toEqual([route, true]);
      }
    },
    120_000,
  );

  it.each(roles)(
    'lets a %s do elsewhere what the table says',
    async (role) => {
      for (const route of routes.filter((route) => entries.has(route))) {
        const { action } = entries.get(route) as Entry;
        const answer = await ask(route, strangers[role], asked.own);
        if (role === 'handler') expect([route, answer.body.events ?? []]).toEqual([route, []]);
        expect([route, answer.status, refusedFor(answer)]).toEqual([
          route,
          ...expectedElsewhere(route, role, action, answer),
        ]);
      }
    },
    120_000,
  );

  it.each(['analyst', 'handler'] as const)(
    'shows a %s no resident, nor a neighbour who helps',
    async (role) => {
      for (const route of routes.filter((route) => route.startsWith('GET ') && entries.has(route))) {
        for (const where of [asked.own, asked.mended]) {
          const answer = await town.get((entries.get(route) as Entry).path(where), {
            as: town.tokens[role],
            headers: knowing(written),
          });
          const told = secrets.filter((secret) => answer.text.includes(secret));
          expect([route, told]).toEqual([route, []]);
        }
      }
      // What is hidden above is there.
      const { body } = await town.get(`/v1/requests/${asked.mended.id}`, { as: town.tokens.volunteer });
      expect(body).toMatchObject({ resident, lead, helpers: [helper, property] });
      const rates = `/v1/districts/${encodeURIComponent(here.district)}/rates`;
      expect((await town.get(rates, { as: town.tokens.auditor })).text).toContain(lead.id);
    },
  );
});

function refusedAtHome(route: string, role: Role): string | undefined {
  const answersForLess = Object.keys(scopeAt(here)[role]).some((level) => level !== 'district');
  if (route !== `GET ${ofWholeDistrict}` || !answersForLess) return undefined;
  return role === 'volunteer' ? 'foreign-station' : 'out-of-scope';
}

/** Status and reason for somebody who belongs elsewhere: lists leave out what is foreign, everything else refuses it. */
function expectedElsewhere(
  route: string,
  role: Role,
  action: Action,
  { status }: Answered,
): [number, string | undefined] {
  const reach = permissions[action][role];
  if (!reach) return [403, 'forbidden-role'];
  // A unit is known by its token alone: whether it holds the request is the decider's to say.
  const asUnit = role === 'handler' && route.startsWith('POST');
  if (reach === 'any' || asUnit || lists.includes(route)) return [status, undefined];
  return [403, role === 'volunteer' ? 'foreign-station' : 'out-of-scope'];
}
const lists = ['GET /v1/stations', 'GET /v1/events', 'GET /v1/requests', 'GET /v1/districts'];
