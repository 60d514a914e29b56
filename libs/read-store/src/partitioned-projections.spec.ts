import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, openDatabase } from './database.js';
import { InMemoryFeed } from './in-memory-feed.js';
import { NothingParked, StillParked } from './parking-lot.js';
import { type ProjectionStatus, type Projections, runProjections } from './projections.js';
import { InMemoryPartitions } from './spec/in-memory-partitions.js';
import { type SpecDatabase, databases } from './spec/databases.js';
import { type ShelfEvent, type ShelfProjection, recorded, shelfProjection } from './spec/shelf.projection.js';
import { came, moved, story } from './spec/shelf.story.js';

const seen = async (projections: Projections, position: number, book: string) =>
  expect(
    await projections.waitFor('shelf', { position: BigInt(position), stream: `book-${book}` }, 30_000),
  ).toBe(true);
/** The whole story, in each partition. */
const seenWhole = async (projections: Projections) => {
  await seen(projections, 12, 'd');
  await seen(projections, 9, 'b');
  await seen(projections, 5, 'c');
};
const status = (projections: Projections) => projections.status()[0] as ProjectionStatus;

describe.each(databases)('projections of a log in partitions on $name', ({ start }) => {
  let server: SpecDatabase | undefined;
  let database: Database;
  const running: Projections[] = [];
  const said: string[] = [];
  const errors: string[] = [];

  beforeAll(async () => {
    server = await start();
    if (server) database = openDatabase(server.url, () => {});
  }, 120_000);
  afterAll(async () => {
    await database?.end();
    await server?.stop();
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((one) => one.stop()));
    said.length = 0;
    errors.length = 0;
    if (server) await database.query('drop schema public cascade; create schema public');
  });

  const withServer = (name: string, work: () => Promise<void>) =>
    it(name, async () => (server ? work() : undefined), 60_000);
  const say = (message: string) => void said.push(message);
  const alarm = (message: string) => void (say(message), errors.push(message));
  const run = (feed: InMemoryPartitions | InMemoryFeed, projection: ShelfProjection = shelfProjection) => {
    const log = { info: say, warn: say, error: alarm };
    const options = { feed, database, log, batchLimit: 4, alarmAfter: 300 };
    const one = runProjections({ projections: [projection], ...options });
    running.push(one);
    return one;
  };
  const all = async (suffix = '') => ({
    rows: (await database.query(`select * from shelf_1${suffix} order by id`)).rows as object[],
    past: (await database.query(`select * from shelf_1${suffix}_past order by until`)).rows as object[],
    tally: (
      await database.query(
        `select shelf, books, moved from shelf_1${suffix}_tally where books + moved <> 0 order by shelf`,
      )
    ).rows as object[],
  });
  const applied = async () => {
    const { rows } = await database.query<{ events: string }>(
      'select sum(events)::text as events from projection_checkpoint',
    );
    return Number(rows[0]?.events);
  };
  const told = async (holds: () => boolean) => {
    for (let waited = 0; !holds() && waited < 30_000; waited += 20) await sleep(20);
    expect([holds(), said]).toEqual([true, said]);
  };
  /** What the same projection makes of the event store's own feed. */
  const fromAll = async (events = story()) => {
    const projections = run(new InMemoryFeed(events));
    await seen(projections, Number(events.at(-1)?.position), 'a');
    await projections.stop();
    const found = await all();
    await database.query('drop schema public cascade; create schema public');
    return found;
  };

  withServer('are what the event store’s own feed makes of the same events', async () => {
    const expected = await fromAll();
    const projections = run(new InMemoryPartitions(story()));
    await seenWhole(projections);
    expect(await all()).toEqual(expected);
    expect([expected.rows.length, expected.past.length]).toEqual([3, 4]);
    await told(() => status(projections).state === 'live');
    expect(status(projections)).toMatchObject({ position: 12n, lagEvents: 0, lagSeconds: 0, parked: 0 });
  });

  withServer('take what comes twice once', async () => {
    const expected = await fromAll();
    const feed = new InMemoryPartitions(story());
    const projections = run(feed);
    await seen(projections, 12, 'd');
    for (const partition of [0, 1, 2]) feed.repeat(partition, 0);
    feed.add(moved(20, 'd', 'west'), moved(21, 'd', 'east'));
    await seen(projections, 21, 'd');
    const { rows, tally } = await all();
    expect(rows).toEqual(
      expected.rows.map((row) => ('id' in row && row.id === 'd' ? { ...row, moves: 3 } : row)),
    );
    expect(tally).toContainEqual({ shelf: 'east', books: 1, moved: 2 });
    expect(await applied()).toBe(10);
  });

  withServer('stand still at a gap, say so, and let the other partitions flow', async () => {
    const feed = new InMemoryPartitions(story());
    const projections = run(feed);
    await seen(projections, 9, 'b');
    const partition = feed.partitionOf('book-b');
    await projections.stop();
    feed.add(came(20, 'b'), moved(21, 'b', 'west'));
    const lost = feed.log[partition]?.splice(-2, 1)[0];
    feed.add(moved(22, 'd', 'west'));
    const again = run(feed);
    await seen(again, 22, 'd');
    await told(() => status(again).state === 'failed' && status(again).lagEvents === 1);
    const reason = expect.stringContaining(
      `partition ${partition}: position ${lost?.position} is missing before 21`,
    ) as string;
    expect(status(again)).toMatchObject({ halted: [{ partition, reason }], gaps: 1 });
    expect(said).toContainEqual(reason);
    expect(await again.waitFor('shelf', { position: 21n, stream: 'book-b' }, 100)).toBe(false);
    expect(status(again).lagSeconds).toBeGreaterThan(0);
  });

  withServer('go on over a gap when what was missing is carried again behind it', async () => {
    const feed = new InMemoryPartitions(story(), 4);
    const partition = feed.partitionOf('book-b');
    feed.add(came(20, 'b'), moved(21, 'b', 'west'), moved(22, 'b', 'east'));
    const expected = await fromAll([
      ...story(),
      came(20, 'b'),
      moved(21, 'b', 'west'),
      moved(22, 'b', 'east'),
    ]);
    const whole = [...(feed.log[partition] ?? [])];
    feed.log[partition]?.splice(2, 1);
    const projections = run(feed);
    await told(() => status(projections).halted.length === 1);
    await projections.stop(); // and a restart finds it again
    const again = run(feed);
    await told(() => status(again).halted.length === 1);
    feed.log[partition]?.push(...whole.slice(2));
    await seen(again, 22, 'b');
    await seen(again, 12, 'd');
    expect(await all()).toEqual(expected);
    await told(() => status(again).state === 'live' && status(again).halted.length === 0);
    expect(said.join()).toContain(`goes on in partition ${partition}`);
  });

  withServer('begin in a partition whose first records came behind later ones', async () => {
    const expected = await fromAll();
    const feed = new InMemoryPartitions(story(), 4);
    const partition = feed.partitionOf('book-a');
    const whole = feed.log[partition] ?? [];
    // A broker that lost everything took the next two before the relay noticed and began again.
    feed.log[partition] = [...whole.slice(-2), ...whole];
    const projections = run(feed);
    await seen(projections, 12, 'd');
    await told(() => status(projections).state === 'live' && status(projections).halted.length === 0);
    expect(await all()).toEqual(expected);
  });

  withServer('go on in a partition that was lost, filled again with less, and has grown since', async () => {
    const feed = new InMemoryPartitions(story());
    const partition = feed.partitionOf('book-a');
    const once = [...(feed.log[partition] ?? [])];
    feed.repeat(partition, 0); // as two relays had left it
    const projections = run(feed);
    await seen(projections, 12, 'd');
    const end = feed.log[partition]?.length ?? 0;
    await told(() => status(projections).lagEvents === 0 && status(projections).state === 'live');
    await projections.stop();
    feed.log[partition] = once;
    let position = 20;
    for (; once.length < end; position += 1) feed.add(moved(position, 'a', 'west'));
    feed.add(moved(position, 'a', 'east'));
    const again = run(feed);
    await seen(again, position, 'a');
    expect(status(again)).toMatchObject({ halted: [], gaps: 0 });
    expect(await applied()).toBe(story().length + position - 19);
  });

  withServer('stand still at an event they do not know', async () => {
    const feed = new InMemoryPartitions([came(1, 'a')]);
    const projections = run(feed);
    await seen(projections, 1, 'a');
    feed.add(recorded(2, 'b', { type: 'BookSung', data: {} } as unknown as ShelfEvent), came(3, 'c'));
    await seen(projections, 3, 'c');
    await told(() => status(projections).halted[0]?.reason.includes('does not know BookSung') === true);
  });

  withServer('park a record that cannot be read with all that follow of its stream', async () => {
    const feed = new InMemoryPartitions([
      came(1, 'a'),
      came(2, 'd'),
      moved(3, 'a', 'x'),
      moved(4, 'a', 'y'),
      moved(5, 'd', 'z'),
    ]);
    const broken = feed.log[feed.partitionOf('book-a')]?.[2];
    const whole = broken?.json ?? '';
    if (broken) broken.json = '{"cut off';
    const projections = run(feed);
    await seen(projections, 5, 'd');
    expect(await projections.waitFor('shelf', { position: 4n, stream: 'book-a' }, 100)).toBe(false);
    expect((await all()).tally).toEqual([
      { shelf: 'north', books: 1, moved: 0 },
      { shelf: 'z', books: 1, moved: 1 },
    ]);
    expect(await projections.parked()).toEqual([
      {
        projection: 'shelf',
        stream: 'book-a',
        position: '3',
        records: 2,
        reason: expect.stringContaining('JSON'),
        parkedAt: expect.stringMatching(/Z$/),
      },
    ]);
    expect(said.join()).toContain('has parked book-a from position 3');
    await expect(projections.retryParked('shelf', 'book-a')).rejects.toThrow(StillParked);
    expect((await projections.parked())[0]?.records).toBe(2);

    await database.query(`update projection_parked set record = $1 where position = 3`, [
      JSON.stringify({ ...broken, json: whole }),
    ]);
    expect(await projections.retryParked('shelf', 'book-a')).toBe(2);
    expect(await projections.parked()).toEqual([]);
    expect((await all()).tally).toEqual([
      { shelf: 'x', books: 0, moved: 1 },
      { shelf: 'y', books: 1, moved: 1 },
      { shelf: 'z', books: 1, moved: 1 },
    ]);
    feed.add(moved(6, 'a', 'end'));
    await seen(projections, 6, 'a');
    expect(await applied()).toBe(6);
    await expect(projections.retryParked('shelf', 'book-a')).rejects.toThrow(NothingParked);
  });

  withServer('go on after what an operator discarded, and keep it with the reason', async () => {
    const feed = new InMemoryPartitions([came(1, 'a'), moved(2, 'a', 'x')]);
    const broken = feed.log[feed.partitionOf('book-a')]?.[1];
    if (broken) broken.json = 'nothing';
    const projections = run(feed);
    await told(() => status(projections).parked === 1);
    expect(await projections.discardParked('shelf', 'book-a', 'written by mistake')).toBe(1);
    feed.add(moved(3, 'a', 'y'));
    await seen(projections, 3, 'a');
    const { rows } = await database.query('select stream, position, reason from projection_discarded');
    expect(rows).toEqual([{ stream: 'book-a', position: '2', reason: 'written by mistake' }]);
    expect((await all()).rows).toEqual([expect.objectContaining({ shelf: 'y', moves: 1 })]);
  });

  withServer('try again for as long as the database refuses', async () => {
    const feed = new InMemoryPartitions([came(1, 'a')]);
    const projections = run(feed);
    await seen(projections, 1, 'a');
    const holder = await database.connect();
    await holder.query(`begin; alter table shelf_1 rename to elsewhere; create function refuse() returns trigger language plpgsql as
      $$ begin raise exception 'no room' using errcode = '53100'; end $$;
      alter table elsewhere rename to shelf_1;
      create trigger refuse before insert or update on shelf_1 for each row execute function refuse(); commit`);
    holder.release();
    feed.add(moved(2, 'a', 'x'), came(3, 'b'));
    await told(() => said.filter((line) => line.includes('no room')).length > 10);
    await told(() => errors.some((line) => line.includes('no room')));
    expect(status(projections).failure).toContain('no room');
    expect(await projections.parked()).toEqual([]);
    await database.query('drop trigger refuse on shelf_1');
    await seen(projections, 2, 'a');
    await seen(projections, 3, 'b');
    await told(() => status(projections).failure === undefined);
    expect(await applied()).toBe(3);
  });

  withServer('are shared by two processes that count nothing twice', async () => {
    const books = Array.from({ length: 26 }, (_, index) => String.fromCodePoint(97 + index));
    const events = books.flatMap((book, index) => [came(index + 1, book)]);
    for (let round = 0; round < 8; round += 1)
      events.push(
        ...books.map((book, index) => moved(100 * (round + 1) + index, book, `shelf ${round % 3}`)),
      );
    const expected = await fromAll(events);
    const feed = new InMemoryPartitions(events);
    const [first, second] = [run(feed), run(feed)];
    await second.stop();
    run(feed);
    for (const book of books) await seen(first, 800 + books.indexOf(book), book);
    expect(await all()).toEqual(expected);
    expect(await applied()).toBe(events.length);
  });

  withServer('go on from where the event store’s own feed had brought them', async () => {
    const early = story().slice(0, 4);
    const before = run(new InMemoryFeed(early));
    await seen(before, 5, 'c');
    await before.stop();
    const projections = run(new InMemoryPartitions(story()));
    await seenWhole(projections);
    expect(await applied()).toBe(8);
    await expect(before.rebuild('shelf')).rejects.toThrow();
  });

  withServer('are rebuilt beside what is read, which is kept until it is dropped', async () => {
    const feed = new InMemoryPartitions(story());
    const projections = run(feed);
    await seenWhole(projections);
    const before = await all();
    await database.query(`update shelf_1 set shelf = 'nowhere' where id = 'a'`);
    expect(await projections.rebuild('shelf')).toMatchObject({ events: 8 });
    expect(await all()).toEqual(before);
    expect(before.past).toHaveLength(4);
    expect((await all('_old')).rows).toContainEqual(expect.objectContaining({ id: 'a', shelf: 'nowhere' }));
    feed.add(moved(13, 'a', 'east'));
    await seen(projections, 13, 'a');
    expect(await projections.dropOld('shelf')).toBe(true);
    expect(await projections.dropOld('shelf')).toBe(false);
    await projections.rebuild('shelf');
    expect(await applied()).toBe(18); // the build that is read, and the one before it
  });

  withServer(
    'are rebuilt from partitions after the event store’s own feed had brought them farther',
    async () => {
      const before = run(new InMemoryFeed(story()));
      await seen(before, 12, 'd');
      await before.stop();
      const found = await all();
      const projections = run(new InMemoryPartitions(story()));
      await told(() => status(projections).state === 'live');
      expect(await projections.rebuild('shelf')).toMatchObject({ events: 8 });
      expect(await all()).toEqual(found);
    },
  );

  withServer('are rebuilt over a hole that was carried again behind it', async () => {
    const expected = await fromAll();
    const feed = new InMemoryPartitions(story());
    const partition = feed.partitionOf('book-a');
    const projections = run(feed);
    await seenWhole(projections);
    const whole = feed.log[partition] ?? [];
    feed.log[partition] = [...whole.slice(0, 1), ...whole.slice(-1), ...whole];
    expect(await projections.rebuild('shelf')).toMatchObject({ events: 8 });
    expect(await all()).toEqual(expected);
  });

  withServer('are not rebuilt where a hole stays open, and go on being read', async () => {
    const feed = new InMemoryPartitions(story());
    const partition = feed.partitionOf('book-a');
    const projections = run(feed);
    await seen(projections, 12, 'd');
    const before = await all();
    feed.log[partition]?.splice(1, 1);
    await expect(projections.rebuild('shelf')).rejects.toThrow('position 3 is missing before 8');
    expect((await projections.shared()).get('shelf')?.rebuild).toMatchObject({ state: 'failed' });
    expect(await all()).toEqual(before);
  });

  for (const grown of [2, 8]) {
    withServer(
      `are rebuilt as far as what is read, though a partition was lost meanwhile (${grown})`,
      async () => {
        const more = Array.from({ length: grown }, (_, index) => moved(13 + index, 'a', `shelf ${index}`));
        const expected = await fromAll([...story(), ...more]);
        const feed = new InMemoryPartitions(story());
        const partition = feed.partitionOf('book-a');
        const once = [...(feed.log[partition] ?? [])];
        feed.repeat(partition, 0); // as two relays had left it
        const projections = run(feed);
        await seenWhole(projections);
        await told(() => status(projections).lagEvents === 0);
        const { readOn } = feed;
        feed.readOn = async function* (from) {
          feed.readOn = readOn;
          yield* readOn.call(feed, from);
          // It was read to its end. Now it is filled again, with less and with what came since, which is applied at once: Kafka brings
          // those whose offset is gone to the beginning.
          feed.log[partition] = once;
          feed.add(...more);
          await database.query(
            `update projection_checkpoint set next_offset = 0 where projection = 'shelf@1'`,
          );
          run(feed);
          await seen(projections, 12 + grown, 'a');
        };
        await projections.rebuild('shelf');
        expect(await all()).toEqual(expected);
      },
    );
  }
});
