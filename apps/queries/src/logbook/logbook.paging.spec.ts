import { type QueriesApplication, startQueries, volunteer } from '../spec/queries.application.js';
import { property } from '../spec/town.js';

type Line = { id: string; open: boolean };

const hour = (hour: number): string => new Date(Date.UTC(2026, 10, 22, hour)).toISOString();

describe('turning the pages of a logbook', () => {
  let app: QueriesApplication;
  let stations = 0;

  beforeAll(async () => {
    app = await startQueries();
  }, 60_000);
  afterAll(() => app.close());

  /** A station with requests logged an hour apart, newest first. */
  async function station(requests: number): Promise<{ code: string; ids: string[] }> {
    const code = `ST${(stations += 1)}`;
    await app.town.open(code);
    const ids: string[] = [];
    for (let at = 0; at < requests; at += 1) ids.unshift(await app.town.log(code, hour(at)));
    return { code, ids };
  }

  const resolve = (id: string) =>
    app.town.act(
      id,
      hour(20),
      { type: 'Assign', data: { to: property } },
      { type: 'Resolve', data: { outcome: '已清理' } },
    );
  const reopen = (id: string) => app.town.act(id, hour(21), { type: 'Reopen', data: { reason: '又来了' } });

  /** Every page of two; after each, `meanwhile` may happen. */
  async function turn(code: string, sort: string, meanwhile: (page: number) => Promise<unknown>) {
    const shown: Line[] = [];
    let cursor = '';
    for (let page = 1; page < 20; page += 1) {
      const query = `limit=2&sort=${sort}${cursor && `&cursor=${cursor}`}`;
      const { body } = await app.get(`/v1/stations/${code}/logbook?${query}`, {
        ...volunteer,
        station: code,
      });
      shown.push(...(body.items as Line[]));
      if (body.next === null) return shown.map(({ id }) => id);
      cursor = body.next as string;
      await meanwhile(page);
    }
    throw new Error('there is no end');
  }

  it.each(['-loggedAt', 'open-first'])('ends after a last page that is full (%s)', async (sort) => {
    const { code, ids } = await station(4);
    expect(await turn(code, sort, async () => {})).toEqual(ids);
  });

  it.each(['-loggedAt', 'open-first'])(
    'neither repeats nor misses one while others arrive (%s)',
    async (sort) => {
      const { code, ids } = await station(5);
      const arrive = () => app.town.log(code, hour(23));
      expect(await turn(code, sort, arrive)).toEqual(ids);
    },
  );

  it('shows the open ones first, the others after them', async () => {
    const { code, ids } = await station(6);
    const [a, b, c, d, e, f] = ids as [string, string, string, string, string, string];
    for (const id of [a, d, e]) await resolve(id);
    expect(await turn(code, 'open-first', async () => {})).toEqual([b, c, f, a, d, e]);
  });

  it('keeps what is ended meanwhile among the open ones, shown or not', async () => {
    const { code, ids } = await station(6);
    const [a, b, c, d, e, f] = ids as [string, string, string, string, string, string];
    await resolve(f);
    const meanwhile = async (page: number) => {
      if (page === 1) for (const id of [b, d, e]) await resolve(id);
    };
    expect(await turn(code, 'open-first', meanwhile)).toEqual([a, b, c, d, e, f]);
  });

  it('keeps what is opened again meanwhile among the others', async () => {
    const { code, ids } = await station(6);
    const [a, b, c, d, e, f] = ids as [string, string, string, string, string, string];
    for (const id of [c, d, e, f]) await resolve(id);
    const meanwhile = async (page: number) => {
      if (page === 1) await reopen(e);
      if (page === 2) await reopen(d); // a line that was shown by then
    };
    expect(await turn(code, 'open-first', meanwhile)).toEqual([a, b, c, d, e, f]);
  });

  it('keeps in its place what is ended and opened again meanwhile', async () => {
    const { code, ids } = await station(5);
    const [a, b, c, d, e] = ids as [string, string, string, string, string];
    await resolve(e);
    const meanwhile = async (page: number) => {
      if (page !== 1) return;
      for (const id of [a, c]) {
        await resolve(id);
        await reopen(id);
      }
      await reopen(e);
      await resolve(d);
    };
    expect(await turn(code, 'open-first', meanwhile)).toEqual([a, b, c, d, e]);
  });
});
