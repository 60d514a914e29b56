import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, openDatabase } from './database.js';
import { type Projections, type SharedStatus, runProjections } from './projections.js';
import { RebuildRunning } from './rebuild.js';
import { InMemoryPartitions } from './spec/in-memory-partitions.js';
import { type SpecDatabase, databases } from './spec/databases.js';
import { shelfProjection } from './spec/shelf.projection.js';
import { moved, story } from './spec/shelf.story.js';

const told = async (one: Projections) => (await one.shared()).get('shelf');
const tells = async (one: Projections, holds: (status: SharedStatus | undefined) => boolean) => {
  for (const until = Date.now() + 30_000; Date.now() < until && !holds(await told(one));) await sleep(20);
  return told(one);
};
const live = async (one: Projections) => {
  for (const until = Date.now() + 30_000; Date.now() < until; await sleep(20))
    if (one.status()[0]?.state === 'live') return;
};

// PGlite has one process only.
const postgres = databases.filter(({ name }) => name === 'PostgreSQL');

describe.each(postgres)('what is told of a projection by each of two processes on $name', ({ start }) => {
  let server: SpecDatabase | undefined;
  const opened: Database[] = [];
  const running: Projections[] = [];

  beforeAll(async () => void (server = await start()), 120_000);
  afterEach(async () => {
    await Promise.all(running.splice(0).map((one) => one.stop()));
    await opened[0]?.query('drop schema public cascade; create schema public');
    await Promise.all(opened.splice(0).map((one) => one.end()));
  });
  afterAll(() => server?.stop());

  const withServer = (name: string, work: () => Promise<void>) =>
    it(name, async () => (server ? work() : undefined), 60_000);
  const run = (feed: InMemoryPartitions) => {
    const database = openDatabase(server?.url ?? '', () => {});
    opened.push(database);
    const log = { info: () => {}, warn: () => {}, error: () => {} };
    const one = runProjections({ projections: [shelfProjection], feed, database, log });
    running.push(one);
    return one;
  };
  withServer('is one rebuild, which the other does not begin a second time', async () => {
    const feed = new InMemoryPartitions(story());
    const [one, other] = [run(feed), run(feed)];
    await Promise.all([live(one), live(other)]);
    expect(await told(other)).toEqual({ halted: [], rebuild: undefined });
    const { readOn } = feed;
    const going = Promise.withResolvers<void>();
    feed.readOn = async function* (from) {
      yield* readOn.call(feed, from);
      await going.promise;
    };
    const { done } = await one.beginRebuild('shelf');
    expect((await told(other))?.rebuild).toMatchObject({ state: 'running' });
    const counted = await tells(other, (status) => {
      return status?.rebuild?.state === 'running' && status.rebuild.events === 8;
    });
    expect(counted?.rebuild).toEqual({
      state: 'running',
      events: 8,
      position: 12n,
      seconds: expect.any(Number),
    });
    await expect(other.rebuild('shelf')).rejects.toThrow(RebuildRunning);
    expect((await told(one))?.rebuild).toMatchObject({ state: 'running' });
    going.resolve();
    await done;
    const { rebuild } = (await told(other)) ?? {};
    expect(rebuild).toEqual({ state: 'done', events: 8, seconds: expect.any(Number) });
  });

  withServer('is a rebuild that failed, also where its process is gone', async () => {
    const feed = new InMemoryPartitions(story());
    const [one, other] = [run(feed), run(feed)];
    await Promise.all([live(one), live(other)]);
    feed.readOn = () => {
      throw new Error('nobody answers');
    };
    await expect(one.rebuild('shelf')).rejects.toThrow('nobody answers');
    expect((await told(other))?.rebuild).toEqual({ state: 'failed', reason: 'nobody answers' });
    await opened[0]?.query(`update projection_rebuild set state = 'running', reason = null`); // as a kill leaves it
    expect((await told(other))?.rebuild).toEqual({
      state: 'failed',
      reason: 'the process that rebuilt it has ended',
    });
  });

  withServer('is a partition that stands still, until whoever has it goes on', async () => {
    const feed = new InMemoryPartitions(story());
    const [one, other] = [run(feed), run(feed)];
    await Promise.all([live(one), live(other)]);
    const partition = feed.partitionOf('book-a');
    feed.add(moved(20, 'a', 'west'), moved(21, 'a', 'east'));
    const lost = feed.log[partition]?.splice(-2, 1) ?? [];
    const reason = expect.stringContaining('position 20 is missing before 21') as string;
    for (const each of [one, other]) {
      const status = await tells(each, (found) => found?.halted.length === 1);
      expect(status?.halted).toEqual([{ partition, reason }]);
    }
    feed.log[partition]?.push(...lost, ...(feed.log[partition]?.slice(-1) ?? []));
    for (const each of [one, other])
      expect((await tells(each, (found) => found?.halted.length === 0))?.halted).toEqual([]);
  });
});
