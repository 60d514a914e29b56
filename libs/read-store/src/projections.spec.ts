import { type Database, openDatabase } from './database.js';
import { InMemoryFeed } from './in-memory-feed.js';
import { type Projections, runProjections } from './projections.js';
import { Projector } from './projector.js';
import { RebuildRunning } from './rebuild.js';
import { prepare } from './schema.js';
import { type SpecDatabase, databases } from './spec/databases.js';
import { type ShelfProjection, recorded, shelfProjection } from './spec/shelf.projection.js';
import { columnNames, tablesOf } from './table.sql.js';

const at = (position: bigint) => ({ position, stream: 'book-a' });
const silent = { info: () => {}, warn: () => {}, error: () => {} };

const story = () => [
  recorded(1, 'a', { type: 'BookCame', data: { shelf: 'north', pages: '9007199254740993' } }),
  recorded(2, 'b', { type: 'BookCame', data: { shelf: 'north', pages: '12' } }),
  recorded(3, 'a', { type: 'BookMoved', data: { shelf: 'south' } }),
  recorded(5, 'c', { type: 'BookCame', data: { shelf: 'south', pages: '7' } }),
  recorded(8, 'a', { type: 'BookDamaged', data: { how: ['wet', '"torn"'] } }),
  recorded(9, 'b', { type: 'BookGone', data: {} }),
];

describe.each(databases)('projections on $name', ({ start }) => {
  let server: SpecDatabase | undefined;
  let database: Database;
  let running: Projections | undefined;

  beforeAll(async () => {
    server = await start();
    if (server) database = openDatabase(server.url, () => {});
  }, 60_000);
  afterAll(async () => {
    await database?.end();
    await server?.stop();
  });
  afterEach(async () => {
    await running?.stop();
    running = undefined;
    if (server) await database.query('drop schema public cascade; create schema public');
  });

  const withServer = (name: string, work: () => Promise<void>) =>
    it(name, async () => {
      if (server) await work();
    });
  const run = (feed: InMemoryFeed, ...projections: ShelfProjection[]) => {
    running = runProjections({
      projections: projections.length > 0 ? projections : [shelfProjection],
      feed,
      database,
      log: silent,
      batchLimit: 4,
    });
    return running;
  };
  const rows = async (table = 'shelf_1') =>
    (await database.query(`select ${columnNames(shelfProjection, 'b')} from ${table} b order by id`))
      .rows as object[];
  const tally = async () =>
    (await database.query('select * from shelf_1_tally where books + moved <> 0 order by shelf'))
      .rows as object[];

  const past = async (table = 'shelf_1') =>
    (await database.query(`select until, id, shelf, pages, moves, damages from ${table}_past order by until`))
      .rows as object[];

  const told = [
    {
      id: 'a',
      shelf: 'south',
      pages: '9007199254740993',
      damages: ['wet', '"torn"'],
      came_at: '2026-11-22T00:00:01.123Z',
      came_day: '2026-11-22',
      moves: 1,
      borrowed: null,
      weight: 0.5,
    },
    expect.objectContaining({ id: 'c', pages: '7', damages: [] }),
  ];
  const [heavy, light] = ['9007199254740993', '7'];
  const listed = `${heavy} ${light} -${heavy} ${heavy} `;
  const counted = [{ shelf: 'south', books: 2, moved: 1, pages: listed }];
  // Each as it stood until an event changed or ended it; what an event did not touch ended nowhere.
  const ended = [
    { until: '3', id: 'a', shelf: 'north', pages: heavy, moves: 0, damages: [] },
    { until: '8', id: 'a', shelf: 'south', pages: heavy, moves: 1, damages: [] },
    { until: '9', id: 'b', shelf: 'north', pages: '12', moves: 0, damages: [] },
  ];

  withServer('rows, their past, tallies and checkpoint follow the events', async () => {
    const projections = run(new InMemoryFeed(story()));
    expect(await projections.waitFor('shelf', at(9n), 10_000)).toBe(true);
    expect(await rows()).toEqual(told);
    expect(await tally()).toEqual(counted);
    expect(await past()).toEqual(ended);
    const { rows: checkpoints } = await database.query(
      'select projection, partition, position, events, recorded_at from projection_checkpoint',
    );
    expect(checkpoints).toEqual([
      {
        projection: 'shelf@1',
        partition: 'all',
        position: '9',
        events: '6',
        recorded_at: '2026-11-22T00:00:09.123Z',
      },
    ]);
  });

  withServer('what is delivered twice counts once, in whatever batches it comes', async () => {
    await prepare(database, shelfProjection);
    const events = story();
    for (const size of [1, 2, 3, 6]) {
      for (let from = 0; from < events.length; from += size) {
        const slice = events.slice(Math.max(0, from - 1), from + size);
        const projector = new Projector(database, shelfProjection, tablesOf(shelfProjection));
        await projector.apply({
          events: slice,
          position: slice.at(-1)?.position ?? 0n,
          recordedAt: undefined,
        });
      }
    }
    expect(await rows()).toEqual(told);
    expect(await tally()).toEqual(counted);
    expect(await past()).toEqual(ended);
  });

  withServer('two processes that apply the same batch at once apply it once', async () => {
    await prepare(database, shelfProjection);
    const batch = { events: story(), position: 9n, recordedAt: undefined };
    const apply = () => new Projector(database, shelfProjection, tablesOf(shelfProjection)).apply(batch);
    const checkpoints = await Promise.all([apply(), apply(), apply()]);
    expect(checkpoints.map(({ events }) => events)).toEqual([6n, 6n, 6n]);
    expect(await tally()).toEqual(counted);
    expect(await past()).toEqual(ended);
  });

  withServer(
    'a batch that cannot be written leaves rows, their past, tallies and checkpoint as they were',
    async () => {
      await prepare(database, shelfProjection);
      const projector = new Projector(database, shelfProjection, tablesOf(shelfProjection));
      const broken = recorded(2, 'b', { type: 'BookCame', data: { shelf: 'north', pages: 'many' } });
      const batch = { events: [...story().slice(0, 1), broken], position: 2n, recordedAt: undefined };
      await expect(projector.apply(batch)).rejects.toThrow(/bigint/);
      expect(await rows()).toEqual([]);
      expect(await tally()).toEqual([]);
      expect(await past()).toEqual([]);
      expect(await projector.checkpoint()).toMatchObject({ position: -1n, events: 0n });
    },
  );

  withServer('positions of foreign streams are passed, so that a token of any write is reached', async () => {
    const feed = new InMemoryFeed(story());
    const projections = run(feed);
    await projections.waitFor('shelf', at(9n), 10_000);
    feed.add({ ...recorded(12, 'x', { type: 'BookGone', data: {} }), stream: 'cup-x' });
    expect(await projections.waitFor('shelf', at(12n), 10_000)).toBe(true);
    expect(await projections.waitFor('shelf', at(13n), 20)).toBe(false);
  });

  withServer('starts again where it stopped, after a broken subscription too', async () => {
    const feed = new InMemoryFeed(story().slice(0, 3));
    const first = run(feed);
    await first.waitFor('shelf', at(3n), 10_000);
    await first.stop();
    feed.add(...story().slice(3, 5));
    const second = run(feed);
    await second.waitFor('shelf', at(8n), 10_000);
    const before = feed.subscriptions;
    feed.break(new Error('connection lost'));
    feed.add(...story().slice(5));
    expect(await second.waitFor('shelf', at(9n), 10_000)).toBe(true);
    expect(feed.subscriptions).toBeGreaterThan(before);
    expect(await rows()).toEqual(told);
    expect(await tally()).toEqual(counted);
    expect(await past()).toEqual(ended);
  });

  withServer('a mistake stops the projection that makes it and no other', async () => {
    const feed = new InMemoryFeed(story());
    const sound = { ...shelfProjection, name: 'sound' };
    const mistaken: ShelfProjection = {
      ...shelfProjection,
      evolve: {
        ...shelfProjection.evolve,
        BookMoved: () => {
          throw new TypeError('evolve is wrong');
        },
      },
    };
    const projections = run(feed, mistaken, sound);
    expect(await projections.waitFor('sound', at(9n), 10_000)).toBe(true);
    expect(await projections.waitFor('shelf', at(9n), 10_000)).toBe(false); // it fails meanwhile
    await projections.servedWithin('sound', 60_000);
    expect(projections.status()).toMatchObject([
      { name: 'shelf', state: 'failed', failure: 'evolve is wrong', served: false },
      { name: 'sound', state: 'live', lagSeconds: 0, position: 9n, served: true },
    ]);
  });

  withServer('a rebuild replaces the tables while they are read and new events arrive', async () => {
    const feed = new InMemoryFeed(story().slice(0, 5));
    const projections = run(feed);
    await projections.waitFor('shelf', at(8n), 10_000);
    await database.query(`update shelf_1 set shelf = 'wrong'`);
    const rebuilding = projections.rebuild('shelf');
    await expect(projections.rebuild('shelf')).rejects.toThrow(RebuildRunning);
    feed.add(...story().slice(5));
    expect(await rebuilding).toMatchObject({ seconds: expect.any(Number) });
    expect(await projections.waitFor('shelf', at(9n), 10_000)).toBe(true);
    expect(await rows()).toEqual(told);
    expect(await tally()).toEqual(counted);
    expect(await past()).toEqual(ended);
    expect((await projections.shared()).get('shelf')?.rebuild).toMatchObject({ state: 'done' });
    feed.add(recorded(20, 'd', { type: 'BookCame', data: { shelf: 'east', pages: '1' } }));
    expect(await projections.waitFor('shelf', at(20n), 10_000)).toBe(true);
    expect(await rows()).toHaveLength(3);
  });

  withServer(
    'a new version is built beside the old one, which stays until the version after it',
    async () => {
      const feed = new InMemoryFeed(story());
      for (const version of [1, 2, 3]) {
        const projections = run(feed, { ...shelfProjection, version });
        expect(await projections.waitFor('shelf', at(9n), 10_000)).toBe(true);
        await projections.servedWithin('shelf', 60_000);
        await projections.stop();
      }
      expect(await rows('shelf_3')).toEqual(told);
      expect(await rows('shelf_2')).toEqual(told);
      expect([await past('shelf_3'), await past('shelf_2')]).toEqual([ended, ended]);
      await expect(rows('shelf_1')).rejects.toThrow(/does not exist/);
      const { rows: current } = await database.query('select * from projection_current');
      expect(current).toEqual([{ name: 'shelf', version: 3, previous: 2 }]);
    },
  );
});
