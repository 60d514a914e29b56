import { Batches, type Feed, Window } from '#event-store';
import { type Connection, type Database, ownConnection, transaction } from './database.js';
import { GapMender } from './gap-mender.js';
import type { Chain, PartitionedFeed } from './partitioned-feed.js';
import { type Applied, Projector } from './projector.js';
import { build, dropBuild, index, partitionNames } from './schema.js';
import {
  type RebuildProgress,
  type Rebuilt,
  giveRebuildBack,
  takeRebuild,
  tellEnded,
  tellProgress,
} from './rebuild-status.js';
import { type AnyProjection, type Tables, tablesOf } from './table.sql.js';

export type RebuildOptions = {
  projection: AnyProjection;
  database: Database;
  feed: Feed | PartitionedFeed;
  streams: string[];
  batchLimit: number;
  signal: AbortSignal;
};

type Progress = { events: number; caughtUp: boolean };
type OnProgress = (progress: RebuildProgress) => void;

/** A rebuild of this projection is under way, here or in another process. */
export class RebuildRunning extends Error {
  override readonly name = 'RebuildRunning';
}

/** The build that a rebuild put aside, to be looked at or dropped. */
export const oldTables = (projection: AnyProjection): Tables => tablesOf(projection, '_old');

/** `done`: how it ended; until then it is under way. */
export type Rebuilding = { done: Promise<Rebuilt> };

/**
 * Builds a projection anew from the first event, beside the tables that are being read, which it replaces in one transaction once it
 * has come at least as far; those are kept aside until they are dropped. A rebuild that is broken off leaves the served tables as they
 * were. It never parks: the first record that cannot be applied ends it. Resolves when it has begun; throws {@link RebuildRunning}.
 */
export async function beginRebuild(options: RebuildOptions): Promise<Rebuilding> {
  const { database, projection } = options;
  const connection = await ownConnection(database);
  try {
    // Two processes must not build into the same tables.
    if (!(await takeRebuild(connection, projection))) throw new RebuildRunning(projection.name);
  } catch (error) {
    connection.release(true);
    throw error;
  }
  return { done: rebuildHolding(connection, options).finally(() => connection.release(true)) };
}

async function rebuildHolding(connection: Connection, options: RebuildOptions): Promise<Rebuilt> {
  const { database, projection } = options;
  let reached: RebuildProgress = { events: 0, position: -1n };
  const telling = setInterval(() => {
    void tellProgress(database, projection, reached).catch(() => undefined); // another follows
  }, tellEvery);
  try {
    return await rebuildAlone(options, (progress) => void (reached = progress));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    // Where nobody can be told, the lock that ends says that it has failed.
    await tellEnded(connection, projection, { reason }).catch(() => undefined);
    throw error;
  } finally {
    clearInterval(telling);
    await giveRebuildBack(connection, projection).catch(() => undefined); // it ends with the connection
  }
}

const tellEvery = 500; // milliseconds

async function rebuildAlone(options: RebuildOptions, onProgress: OnProgress): Promise<Rebuilt> {
  const { projection, database, feed } = options;
  const started = performance.now();
  const fresh = tablesOf(projection, '_new');
  const partitions = partitionNames('partitions' in feed ? feed.partitions : undefined);
  await transaction(database, (connection) =>
    build(connection, projection, fresh, { indexed: false, partitions }),
  );
  const projector = new Projector(database, projection, fresh);
  let indexed = false;
  for await (const { events, caughtUp } of progress(options, projector, onProgress)) {
    options.signal.throwIfAborted();
    if (!caughtUp && !indexed) continue;
    if (!indexed) await index(database, projection, fresh);
    indexed = true;
    if (await swap(options, projector, fresh, events)) {
      return { events, seconds: (performance.now() - started) / 1000 };
    }
  }
  options.signal.throwIfAborted();
  throw new Error('the subscription ended before the rebuild had caught up');
}

function progress(
  { feed, streams, signal, batchLimit }: RebuildOptions,
  projector: Projector,
  onProgress: OnProgress,
): AsyncGenerator<Progress> {
  if ('partitions' in feed) return toTheEnds(feed, projector, onProgress);
  return fromAll(new Batches(feed, { streams, signal }, batchLimit), projector, onProgress);
}

async function* fromAll(batches: Batches, projector: Projector, onProgress: OnProgress) {
  for await (const batch of batches) {
    const checkpoint = batch.position >= 0n ? await projector.apply(batch) : await projector.checkpoint();
    const events = Number(checkpoint.events);
    onProgress({ position: checkpoint.position, events });
    yield { events, caughtUp: batch.caughtUp };
  }
}

const atOnce = 3; // transactions

// Once to the ends of now: the little that came since is read in the transaction that swaps. Partitions share no rows: some are folded
// here while the database writes those of others.
async function* toTheEnds(feed: PartitionedFeed, projector: Projector, onProgress: OnProgress) {
  let [position, events] = [-1n, 0];
  const take = async (chain: Chain) => {
    const [checkpoint] = (await projector.applyChains([chain])) as [Applied];
    if (checkpoint.position > position) position = checkpoint.position;
    return checkpoint.applied;
  };
  const mender = new GapMender({ take }, { seeks: false });
  const window = new Window(atOnce);
  try {
    for await (const chain of feed.readOn(new Map())) {
      await window.begin(String(chain.partition), async () => {
        const applied = await mender.take(chain);
        events += applied;
        onProgress({ position, events });
      });
      yield { events, caughtUp: false };
    }
  } finally {
    await window.end();
  }
  if (mender.missing) throw mender.missing;
  yield { events, caughtUp: true };
}

type Reached = { projection: string; partition: string; position: string; next_offset: string };

// All checkpoints are locked, so that neither build moves while the names change hands. Readers see the old or the new.
async function swap(
  { database, projection, feed }: RebuildOptions,
  projector: Projector,
  fresh: Tables,
  events: number,
): Promise<boolean> {
  const served = tablesOf(projection);
  const old = oldTables(projection);
  return transaction(database, async (connection) => {
    // What lives goes on for ever: it waits here while the new build takes the last steps.
    if (!(await levelled(connection, feed, projector, { served, fresh }))) return false;
    await dropBuild(connection, old);
    await rename(connection, projection, served, old);
    await rename(connection, projection, fresh, served);
    // Updated, not replaced: a batch of the served build may be waiting for these very rows.
    await connection.query(
      `insert into projection_checkpoint
       select $2, partition, position, recorded_at, events, next_offset, updated_at
       from projection_checkpoint where projection = $1`,
      [served.checkpoint, old.checkpoint],
    );
    await connection.query(
      `update projection_checkpoint served
       set position = fresh.position, recorded_at = fresh.recorded_at, events = fresh.events,
           next_offset = fresh.next_offset, updated_at = now()
       from projection_checkpoint fresh
       where served.projection = $1 and fresh.projection = $2 and fresh.partition = served.partition`,
      [served.checkpoint, fresh.checkpoint],
    );
    await connection.query('delete from projection_checkpoint where projection = $1', [fresh.checkpoint]);
    // The new build has applied what the old one had parked.
    await connection.query('delete from projection_parked where projection = $1', [served.checkpoint]);
    await tellEnded(connection, projection, { events });
    return true;
  });
}

type Builds = { served: Tables; fresh: Tables };

/** Says whether the new build has come as far as what is served. A log in partitions is read on until it has; throws where it cannot. */
async function levelled(
  connection: Connection,
  feed: Feed | PartitionedFeed,
  projector: Projector,
  builds: Builds,
): Promise<boolean> {
  const take = async (chain: Chain) => (await projector.applyWithin(connection, [chain]))[0]?.applied ?? 0;
  const mender = new GapMender({ take }, { seeks: false });
  // A partition that was lost and filled again meanwhile has other offsets: then it is looked through from its beginning.
  for (const whole of [false, true]) {
    const rows = await locked(connection, builds);
    const behind = behindIn(rows, builds);
    if (behind.length === 0) return true;
    if (!('partitions' in feed)) return false;
    const reached = rows.filter(({ projection }) => projection === builds.fresh.checkpoint);
    const from = reached.map(({ partition, next_offset }) => {
      const offset = whole && behind.includes(partition) ? 0n : BigInt(next_offset);
      return [Number(partition), offset] as const;
    });
    for await (const chain of feed.readOn(new Map(from))) await mender.take(chain);
  }
  // What `$all` had brought before there were partitions may be ahead of all that is in them.
  if (mender.missing && behindIn(await locked(connection, builds), builds).length > 0) throw mender.missing;
  return true;
}

const behindIn = (rows: Reached[], { served, fresh }: Builds): string[] =>
  rows
    .filter(({ projection, partition, position }) => {
      return projection === served.checkpoint && BigInt(position) > at(rows, fresh.checkpoint, partition);
    })
    .map(({ partition }) => partition);

async function locked(connection: Connection, { served, fresh }: Builds): Promise<Reached[]> {
  const { rows } = await connection.query<Reached>(
    `select projection, partition, position, next_offset from projection_checkpoint
     where projection in ($1, $2) order by projection, partition for update`,
    [served.checkpoint, fresh.checkpoint],
  );
  return rows;
}

async function rename(
  connection: Connection,
  projection: AnyProjection,
  from: Tables,
  to: Tables,
): Promise<void> {
  await connection.query(`alter table ${from.rows} rename to ${to.rows}`);
  if (projection.tally) await connection.query(`alter table ${from.tally} rename to ${to.tally}`);
  if (projection.table.past) await connection.query(`alter table ${from.past} rename to ${to.past}`);
}

const at = (rows: Reached[], projection: string, partition: string): bigint =>
  BigInt(rows.find((row) => row.projection === projection && row.partition === partition)?.position ?? -1);
