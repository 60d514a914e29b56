import { type QueriesApplication, auditor, startQueries } from './queries.application.js';

describe('a query that cannot be right', () => {
  let app: QueriesApplication;
  let id: string;

  beforeAll(async () => {
    app = await startQueries();
    await app.town.open('YFXJ');
    id = await app.town.log('YFXJ', '2026-11-22T02:00:00.000Z');
  }, 60_000);
  afterAll(() => app.close());

  const lists = ['/v1/requests', '/v1/stations/YFXJ/logbook'];
  const once = 'must be given once';
  const day = 'must be a day of the calendar, e.g. 2026-11-22';

  it.each([
    ['limit=1&limit=2', 'limit', once],
    ['text=a&text=b', 'text', once],
    ['sort=-loggedAt&sort=-loggedAt', 'sort', once],
    ['from=2026-11-22&from=2026-11-22', 'from', once],
    ['cursor=a&cursor=b', 'cursor', once],
    ['limit=', 'limit', 'must be a whole number'],
    ['limit=1e1', 'limit', 'must be a whole number'],
    ['limit=0x10', 'limit', 'must be a whole number'],
    ['limit=99999999999999999999', 'limit', 'must be a whole number'],
    ['text=', 'text', 'must not be empty'],
    ['from=', 'from', day],
    ['sort=', 'sort', expect.stringMatching(/^must be one of/)],
    ['cursor=', 'cursor', 'is not the `next` of a page'],
    [`text=${'冰'.repeat(101)}`, 'text', 'must have at most 100 characters'],
    [`cursor=${'a'.repeat(501)}`, 'cursor', 'is not the `next` of a page'],
    ['text=a%00b', 'text', 'must not contain the character NUL'],
    ['from=2026-11-22%00', 'from', day],
    ['from=0000-01-01', 'from', day],
    ['cursor=a%00', 'cursor', 'is not the `next` of a page'],
    ['text[]=a', 'text[]', 'is not a known field'],
    ['__proto__=a', '__proto__', 'is not a known field'],
    ['toString=a', 'toString', 'is not a known field'],
  ])('gets a sentence: %s', async (query, field, message) => {
    for (const list of lists) {
      const { status, body } = await app.get(`${list}?${query}`, auditor);
      expect([list, status, body.type]).toEqual([list, 400, 'urn:yizhan:problem:invalid-query']);
      expect(body.errors).toContainEqual({ field, message });
    }
  });

  it.each(['text=%', 'text=%E5%86', 'text=%FF', 'text=%ED%A0%80', '%zz=1'])(
    'is malformed where it cannot be decoded: %s',
    async (query) => {
      for (const path of [...lists, '/v1/stations', `/v1/requests/${id}`, `/v1/requests/${id}/history`]) {
        const { status, body } = await app.get(`${path}?${query}`, auditor);
        expect([path, status, body.type]).toEqual([path, 400, 'urn:yizhan:problem:malformed-request']);
        expect(body.detail).toBe('The address or a header of the request is malformed.');
      }
    },
  );

  it('takes days at the ends of the calendar', async () => {
    for (const list of lists) {
      const { status, body } = await app.get(`${list}?from=0001-01-01&to=9999-12-31`, auditor);
      expect([list, status, body.items.length]).toEqual([list, 200, 1]);
    }
  });

  // A cursor is no secret: somebody may write one.
  it.each([
    [{ at: '0', id: 'a' }],
    [{ at: '2026-13-45T00:00:00.000Z', id: 'a' }],
    [{ at: '+275760-09-13T00:00:00.000Z', id: 'a' }],
    [{ at: '2026-11-22T00:00:00.000Z', id: 'a\0' }],
    [{ at: '2026-11-22T00:00:00.000Z', id: 7 }],
    [{ at: '2026-11-22T00:00:00.000Z', id: 'a', open: true, asOf: '9'.repeat(40) }],
    [null],
    ['text'],
  ])('refuses the forged cursor %j', async (place) => {
    await app.town.log('YFXJ', '2026-11-22T03:00:00.000Z');
    for (const list of lists) {
      const query = `limit=1&sort=${list === '/v1/requests' ? '-loggedAt' : 'open-first'}`;
      const page = (await app.get(`${list}?${query}`, auditor)).body;
      const [fingerprint] = JSON.parse(Buffer.from(page.next, 'base64url').toString());
      const forged = Buffer.from(JSON.stringify([fingerprint, place])).toString('base64url');
      const { status, body } = await app.get(`${list}?${query}&cursor=${forged}`, auditor);
      expect([list, status]).toEqual([list, 400]);
      expect(body.errors).toEqual([{ field: 'cursor', message: 'is not the `next` of a page' }]);
    }
  });

  it.each([
    ['/v1/requests/YFXJ-261122-00000', 'unknown-request'],
    ['/v1/requests/nonsense', 'unknown-request'],
    ['/v1/requests/%00', 'unknown-request'],
    ['/v1/requests/%E5%86%B0', 'unknown-request'],
    ['/v1/requests/..%2F..%2Fetc', 'unknown-request'],
    ['/v1/requests/nonsense/history', 'unknown-request'],
    ['/v1/requests/%00/history', 'unknown-request'],
    ['/v1/requests/%00?revision=1', 'unknown-request'],
    ['/v1/stations/yfxj/logbook', 'unknown-station'],
    ['/v1/stations/%00/logbook', 'unknown-station'],
    ['/v1/stations/%E5%86%B0', 'unknown-station'],
    [`/v1/requests/${'A'.repeat(99)}`, 'unknown-request'],
  ])('finds nothing at %s', async (path, slug) => {
    const { status, body } = await app.get(path, auditor);
    expect([status, body.type]).toEqual([404, `urn:yizhan:problem:${slug}`]);
    expect(body.detail).toMatch(/\.$/);
  });

  it('does not take a number in small letters for another', async () => {
    for (const path of [id.toLowerCase(), `${id.toLowerCase()}/history`, `${id.toLowerCase()}?revision=0`]) {
      const { status, body } = await app.get(`/v1/requests/${path}`, auditor);
      expect([status, body.type]).toEqual([404, 'urn:yizhan:problem:unknown-request']);
    }
  });

  it.each([
    `/v1/requests/${'A'.repeat(101)}`,
    '/v1/requests/%E5%86',
    '/v1/requests/%zz/history',
    '/v1/stations/%FF/logbook',
  ])('cannot read the address %s', async (path) => {
    const { status, body } = await app.get(path, auditor);
    expect([status, body.type]).toEqual([400, 'urn:yizhan:problem:malformed-request']);
  });
});
