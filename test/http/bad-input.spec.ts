import { type Answered, type Asking } from './client.js';
import { committee, ice, openTown, property, type Town } from './town.js';

let town: Town;
let id: string;
let resolved: string;
beforeAll(async () => {
  town = await openTown();
  [id, resolved] = [await town.logged(), await town.inState('resolved')];
}, 240_000);
afterAll(() => town.leave());

const log = (body: unknown, asking: Asking = {}) =>
  town.post('/v1/requests', body, { as: town.tokens.volunteer, ...asking });
const raw = (text: string | Uint8Array, headers = {}) =>
  town.send('POST', '/v1/requests', text as string, { as: town.tokens.volunteer, headers });

type Bad = {
  name: string;
  status: number;
  slug: string;
  /** The field that is named, where one is. */
  field?: string;
  send: (headers: Record<string, string>) => Promise<Answered>;
};

const body = (name: string, field: string, value: unknown): Bad => ({
  name,
  status: 400,
  slug: 'invalid-body',
  field,
  send: (headers) => log(value, { headers }),
});

const bodies: Bad[] = [
  body('a text where a list belongs', 'summary', { ...ice, summary: ['冰'] }),
  body('a number where text belongs', 'summary', { ...ice, summary: 5 }),
  body('a text where an object belongs', 'place', { ...ice, place: '5号楼' }),
  body('a list where an object belongs', 'place', { ...ice, place: [{ building: '5号楼' }] }),
  body('a missing field', 'summary', { channel: 'phone' }),
  body('a blank text', 'summary', { ...ice, summary: '   ' }),
  body('details of 4,001 characters', 'details', { ...ice, details: '冰'.repeat(4_001) }),
  body('a summary of 201 characters', 'summary', { ...ice, summary: '冰'.repeat(201) }),
  body('an unknown field', 'urgent', { ...ice, urgent: true }),
  body('an unknown field within a part', 'place.floor', { ...ice, place: { floor: 3 } }),
  body('a field every object inherits', 'toString', { ...ice, toString: 'x' }),
  body('null where nothing may be null', 'details', { ...ice, details: null }),
  body('null for a part', 'resident', { ...ice, resident: null }),
  body('a NUL character', 'summary', { ...ice, summary: '冰\u0000冰' }),
  body('half a surrogate pair', 'summary', { ...ice, summary: '冰\ud83d' }),
  body('a channel that does not exist', 'channel', { ...ice, channel: 'fax' }),
  body('a telephone number in words', 'resident.phone', { ...ice, resident: { phone: '没有电话' } }),
  body('a future occurredAt', 'occurredAt', { ...ice, occurredAt: '2100-01-01T00:00:00+08:00' }),
  body('an occurredAt without its zone', 'occurredAt', { ...ice, occurredAt: '2025-11-22T07:50:00' }),
  body('an occurredAt on the 30th of February', 'occurredAt', { ...ice, occurredAt: '2025-02-30T07:50:00Z' }),
  body('a list as the body', '', [ice]),
];

const said = (name: string, status: number, slug: string, send: Bad['send']): Bad => ({
  name,
  status,
  slug,
  send,
});
const key = 'said-before';

const others: Bad[] = [
  said('malformed JSON', 400, 'malformed-json', (headers) => raw('{"summary": ', headers)),
  said('no body at all', 400, 'malformed-json', (headers) => raw('', headers)),
  said('a body that poisons prototypes', 400, 'malformed-json', (headers) =>
    raw('{"__proto__":{"a":1}}', headers),
  ),
  said('brackets 12,000 deep', 400, 'invalid-body', (headers) =>
    raw(`${'[{"a":'.repeat(6_000)}1${'}]'.repeat(6_000)}`, headers),
  ),
  said('more than 64 KiB', 413, 'body-too-large', (headers) =>
    log({ ...ice, details: 'x'.repeat(65_536) }, { headers }),
  ),
  said('a form', 415, 'unsupported-media-type', (headers) =>
    raw('summary=ice', { ...headers, 'content-type': 'application/x-www-form-urlencoded' }),
  ),
  said('plain text', 415, 'unsupported-media-type', (headers) =>
    raw('ice', { ...headers, 'content-type': 'text/plain' }),
  ),
  said('no token', 401, 'unauthenticated', (headers) => town.post('/v1/requests', ice, { headers })),
  said('a token that is none', 401, 'unauthenticated', (headers) => log(ice, { as: 'nonsense', headers })),
  said('an expired token', 401, 'token-expired', async (headers) =>
    log(ice, { as: await expired(), headers }),
  ),
  said('a token with another signature', 401, 'unauthenticated', (headers) =>
    log(ice, { as: forged(), headers }),
  ),
  said('a token without a signature', 401, 'unauthenticated', (headers) =>
    log(ice, { as: unsigned(), headers }),
  ),
  said('a key with spaces', 400, 'malformed-header', (headers) =>
    log(ice, { headers: { ...headers, 'idempotency-key': 'a b' } }),
  ),
  said('a key of 201 characters', 400, 'malformed-header', (headers) =>
    log(ice, { headers: { ...headers, 'idempotency-key': 'k'.repeat(201) } }),
  ),
  said('an If-Match that is no revision', 400, 'malformed-header', (headers) =>
    town.say(id, 'assignment', { to: property }, { headers: { ...headers, 'if-match': '3' } }),
  ),
  said('a key said before with another body', 422, 'idempotency-key-reused', (headers) =>
    log({ ...ice, summary: '另一件事' }, { headers: { ...headers, 'idempotency-key': key } }),
  ),
  said('a number that nobody has', 404, 'unknown-request', (headers) =>
    town.say('YFXJ-261122-7K3QQ', 'closing', {}, { headers }),
  ),
  said('a number with a wrong check character', 404, 'unknown-request', (headers) =>
    town.say('YFXJ-261122-7K3QX', 'closing', {}, { headers }),
  ),
  said('a number with a NUL character', 404, 'unknown-request', (headers) =>
    town.say('%00', 'closing', {}, { headers }),
  ),
  said('an address that cannot be decoded', 400, 'malformed-request', (headers) =>
    town.say('%zz', 'closing', {}, { headers }),
  ),
  said('an address that is none', 404, 'not-found-route', (headers) =>
    town.post('/v1/nowhere', {}, { headers }),
  ),
  said('a station that does not exist', 404, 'unknown-station', (headers) =>
    town.post('/v1/stations/NONE/name', { name: '无' }, { as: town.tokens.admin, headers }),
  ),
  said('a station given twice', 409, 'conflict', (headers) =>
    town.post(
      '/v1/stations',
      { code: 'YFXJ', name: '别的', community: '别的', street: '别的', district: '别的' },
      { as: town.tokens.admin, headers },
    ),
  ),
  said('a state that does not allow it', 409, 'not-allowed-in-state', (headers) =>
    town.say(id, 'closing', {}, { headers }),
  ),
  said('a foreign station', 403, 'foreign-station', (headers) =>
    log({ ...ice, station: 'HYL' }, { headers }),
  ),
  said('a role that may not', 403, 'forbidden-role', (headers) =>
    log(ice, { as: town.tokens.auditor, headers }),
  ),
  said('a resident who answers without having been reached', 400, 'invalid-body', (headers) =>
    town.say(resolved, 'callback', { contacted: false, resolved: 'yes' }, { headers }),
  ),
  said('nothing to correct', 400, 'nothing-to-correct', (headers) =>
    town.say(id, 'correction', { reason: '手误' }, { headers }),
  ),
  said('a supervisor who does not say where', 400, 'station-needed', (headers) =>
    log(ice, { as: town.tokens.supervisor, headers }),
  ),
];

describe('bad input', () => {
  beforeAll(() => town.logged(ice, { headers: { 'idempotency-key': key } }));

  it.each([...bodies, ...others])(
    '$name is a problem in two languages and changes nothing',
    async ({ status, slug, field, send }) => {
      const head = await town.events.head();
      const [zh, en] = [await send({}), await send({ 'accept-language': 'en-GB,en;q=0.9' })];
      for (const { status: answered, body, headers } of [zh, en]) {
        expect([answered, body.type]).toEqual([status, `urn:yizhan:problem:${slug}`]);
        expect(body).toMatchObject({
          status,
          title: expect.any(String),
          correlationId: headers.get('x-correlation-id'),
        });
        expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
      }
      expect([zh.headers.get('content-language'), en.headers.get('content-language')]).toEqual([
        'zh-CN',
        'en',
      ]);
      expect(zh.body.detail).toMatch(/[\u4e00-\u9fff].*。$/);
      expect(en.body.detail).toMatch(/^[A-Z\x60].*\.$/);
      expect(en.body.detail).not.toMatch(/[{}\u4e00-\u9fff]/);
      if (field !== undefined) {
        const named = (answer: Answered) =>
          answer.body.errors.find((error) => error.field === field)?.message;
        expect(named(zh)).toMatch(/[\u4e00-\u9fff]/);
        expect(named(en)).toMatch(/^[ -~]+$/);
      }
      expect(await town.events.head()).toBe(head);
    },
  );

  it('says in which state it is and what is allowed there', async () => {
    const { body } = await town.say(resolved, 'escalation', { to: 'community', reason: '晚了' });
    expect(body).toMatchObject({ status: 409, reason: 'request-resolved', state: 'resolved' });
    expect(body.allowed).toEqual([
      'ContactResident',
      'RecordCallback',
      'Close',
      'Reopen',
      'Recategorise',
      'Correct',
      'Exclude',
    ]);
  });

  it('says so, too, where it is not the state that refuses', async () => {
    const [accepted, led, whole] = [
      await town.inState('accepted'),
      await town.inState('accepted'),
      await town.logged(),
    ];
    await town.say(led, 'assignment', { to: committee });
    await town.say(led, 'return', { reason: '不属于居委会' }, { as: town.tokens.coordinator });
    await town.say(whole, 'splitting', { parts: [{ summary: '西侧' }], reason: '各管一段' });
    const stranger = { as: await town.token('handler', { unit: 'lvyin-wuye' }) };
    const refused: [string, string, string, string, object, Asking?][] = [
      ['already-led', 'returned', led, 'claim', {}],
      ['not-the-holder', 'accepted', accepted, 'progress', { note: '已撒盐' }, stranger],
      ['not-the-lead', 'accepted', accepted, 'resolution', { outcome: '已清理' }, stranger],
      ['one-level-at-a-time', 'accepted', accepted, 'escalation', { to: 'district', reason: '推诿' }],
      ['merge-into-itself', 'accepted', accepted, 'merging', { into: accepted, reason: '同一处' }],
      ['parts-open', 'logged', whole, 'withdrawal', { reason: '已解决' }],
    ];
    for (const [reason, state, request, route, body, asking] of refused) {
      const answer = await town.say(request, route, body, asking);
      expect(answer.body).toMatchObject({ status: 409, reason, state });
      expect([reason, answer.body.allowed]).toEqual([
        reason,
        expect.arrayContaining(['Assign', 'RecordProgress', 'Split']),
      ]);
    }
  });

  it('says with a stale If-Match what came in between, and no resident in it', async () => {
    const resident = { name: '王秀英', phone: '13800000000', flat: '301' };
    const changed = await town.logged();
    await town.say(changed, 'correction', { resident, reason: '补登' });
    await town.say(changed, 'assignment', { to: property });
    const head = await town.events.head();
    const withdrawn = (headers = {}) =>
      town.say(changed, 'withdrawal', { reason: '已解决' }, { headers: { 'if-match': '"3"', ...headers } });
    const stale = await withdrawn();
    const english = await withdrawn({ 'accept-language': 'en' });
    expect([stale.body.title, stale.body.detail]).toEqual([
      '内容已有更新',
      '您看过之后又有了新的记录，见 events。',
    ]);
    expect([english.status, english.body.title, english.body.detail]).toEqual([
      412,
      'Changed since you looked',
      'More has been recorded since you looked; events lists what.',
    ]);
    expect([stale.status, stale.body.type]).toEqual([412, 'urn:yizhan:problem:precondition-failed']);
    expect(stale.headers.get('etag')).toBe('"6"');
    expect(stale.body).toMatchObject({
      revision: '6',
      events: [
        { type: 'Corrected', revision: '4', actor: { role: 'volunteer' }, recordedAt: expect.any(String) },
        { type: 'Assigned', revision: '5' },
        { type: 'DeadlineSet', revision: '6' },
      ],
    });
    expect(stale.text).not.toMatch(/王秀英|13800000000|"301"/);
    expect(await town.events.head()).toBe(head);
  });

  it('takes an If-Match that is up to date, weak or strong', async () => {
    const fresh = await town.logged();
    const strong = await town.say(fresh, 'assignment', { to: property }, { headers: { 'if-match': '"3"' } });
    const weak = await town.say(fresh, 'acceptance', {}, { headers: { 'if-match': 'W/"5"' } });
    expect([strong.status, weak.status]).toEqual([200, 200]);
  });

  it('details of 4,000 characters are not bad', async () => {
    expect((await log({ ...ice, details: '冰'.repeat(4_000) })).status).toBe(201);
  });
});

const expired = () => town.token('volunteer', { station: 'YFXJ' }, { expiresIn: '-1h' });

function forged(): string {
  const [head, claims, signature = ''] = town.tokens.volunteer.split('.');
  return [head, claims, [...signature].toReversed().join('')].join('.');
}

function unsigned(): string {
  const [, claims] = town.tokens.volunteer.split('.');
  return [Buffer.from('{"alg":"none"}').toString('base64url'), claims, 'x'].join('.');
}
