import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, openDatabase } from './database.js';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded/embedded-postgres.js';
import { type Projections, runProjections } from './projections.js';
import { InMemoryPartitions } from './spec/in-memory-partitions.js';
import { came, moved } from './spec/shelf.story.js';
import { shelfProjection } from './spec/shelf.projection.js';

const books = ['a', 'b', 'c', 'd', 'e', 'f'];
const shelves = ['north', 'south', 'east', 'west'];

const silent = () => undefined;

/** What the log says of a book, up to a position of its partition. */
function shelvedIn(feed: InMemoryPartitions, book: string, until: ReadonlyMap<number, bigint>) {
  const partition = feed.partitionOf(book);
  const known = (feed.log[partition] ?? [])
    .map((raw) => feed.restored(raw))
    .filter(({ stream, position }) => stream === `book-${book}` && position <= (until.get(partition) ?? -1n))
    .map((link) => link.event().data as { shelf: string });
  return { id: book, shelf: known.at(-1)?.shelf, moves: known.length - 1 };
}

describe('a rebuild', () => {
  let postgres: EmbeddedPostgres;
  let database: Database;
  let projections: Projections;
  beforeAll(async () => {
    postgres = await startEmbeddedPostgres();
    database = openDatabase(postgres.connectionString, () => {});
  }, 120_000);
  afterEach(async () => {
    await projections.stop();
    await database.query('drop schema public cascade; create schema public');
  });
  afterAll(async () => {
    await database.end();
    await postgres.close();
  });

  const run = (feed: InMemoryPartitions) => {
    const log = { info: silent, warn: silent, error: silent };
    projections = runProjections({ projections: [shelfProjection], feed, database, log, batchLimit: 4 });
  };
  const rows = async (build: string) =>
    (await database.query(`select * from shelf_1${build} order by id`)).rows as object[];
  const tally = async (build: string) =>
    (await database.query(`select * from shelf_1${build}_tally where books + moved <> 0 order by shelf`))
      .rows as object[];

  it('stops at the first event that cannot be applied, parks nothing, and leaves what is read as it is', async () => {
    const feed = new InMemoryPartitions([came(1, 'a'), came(2, 'd'), moved(3, 'a', 'x'), moved(4, 'd', 'z')]);
    run(feed);
    expect(await projections.waitFor('shelf', { position: 4n, stream: 'book-d' }, 30_000)).toBe(true);
    const before = [await rows(''), await tally('')];
    const broken = feed.log[feed.partitionOf('book-a')]?.[1];
    if (broken) broken.json = '{"cut off';
    await expect(projections.rebuild('shelf')).rejects.toThrow('JSON');
    expect(await projections.parked()).toEqual([]);
    expect([await rows(''), await tally('')]).toEqual(before);
    feed.add(moved(5, 'd', 'east'));
    expect(await projections.waitFor('shelf', { position: 5n, stream: 'book-d' }, 30_000)).toBe(true);
  });

  it('takes over at the position of the build that it replaces, row by row, while writes arrive', async () => {
    const feed = new InMemoryPartitions(books.map((book, index) => came(index + 1, book)));
    run(feed);
    expect(await projections.waitFor('shelf', { position: 6n, stream: 'book-f' }, 30_000)).toBe(true);
    const ending = new AbortController();
    const writing = (async () => {
      for (let position = 7; !ending.signal.aborted; position += 1, await sleep(60))
        feed.add(moved(position, books[position % 6] as string, shelves[position % 4] as string));
    })();
    try {
      for (let round = 0; round < 3; round += 1) {
        await projections.rebuild('shelf');
        // The old build stands still from the swap on; what came since is in the new one only.
        const { rows: reached } = await database.query<{ partition: string; position: string }>(
          `select partition, position from projection_checkpoint where projection = 'shelf@1_old'`,
        );
        const until = new Map(
          reached.map(({ partition, position }) => [Number(partition), BigInt(position)]),
        );
        // From the second round on it was itself made by a rebuild.
        expect(await rows('_old')).toMatchObject(books.map((book) => shelvedIn(feed, book, until)));
      }
    } finally {
      ending.abort();
      await writing;
    }
  }, 60_000);
});
