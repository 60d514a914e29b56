import { Batches, type Feed } from '#event-store';
import { type Connection, type Database, ownConnection, transaction } from './database.js';
import type { PartitionedFeed } from './partitioned-feed.js';
import { Projector } from './projector.js';
import { build, dropBuild, index, partitionNames } from './schema.js';
import { type AnyProjection, type Tables, tablesOf } from './table.sql.js';

export type RebuildOptions = {
  projection: AnyProjection;
  database: Database;
  feed: Feed | PartitionedFeed;
  streams: string[];
  batchLimit: number;
  signal: AbortSignal;
  onProgress?: (progress: { position: bigint; events: number }) => void;
};

export type Rebuilt = { events: number; seconds: number };

type Progress = { position: bigint; events: bigint };

/** A rebuild of this projection is under way, here or in another process. */
export class RebuildRunning extends Error {
  override readonly name = 'RebuildRunning';
}

/** The build that a rebuild put aside, to be looked at or dropped. */
export const oldTables = (projection: AnyProjection): Tables => tablesOf(projection, '_old');

/**
 * Builds a projection anew from the first event, beside the tables that are being read, which it replaces in one transaction
 * once it has come at least as far; those are kept aside until they are dropped. A rebuild that is broken off leaves the served tables as they were. It never parks: the
 * first record that cannot be applied ends it.
 */
export async function rebuild(options: RebuildOptions): Promise<Rebuilt> {
  const { database, projection } = options;
  const connection = await ownConnection(database);
  try {
    // Two processes must not build into the same tables. The lock ends with the connection.
    const { rows } = await connection.query<{ taken: boolean }>(lock, [tablesOf(projection).checkpoint]);
    if (!rows[0]?.taken) throw new RebuildRunning(projection.name);
    return await rebuildAlone(options).finally(() =>
      connection.query(unlock, [tablesOf(projection).checkpoint]),
    );
  } finally {
    connection.release(true);
  }
}

const lock = `select pg_try_advisory_lock(hashtextextended('yizhan rebuild ' || $1, 0)) as taken`;
const unlock = `select pg_advisory_unlock(hashtextextended('yizhan rebuild ' || $1, 0))`;

async function rebuildAlone(options: RebuildOptions): Promise<Rebuilt> {
  const { projection, database, feed } = options;
  const started = performance.now();
  const fresh = tablesOf(projection, '_new');
  const partitions = partitionNames('partitions' in feed ? feed.partitions : undefined);
  await transaction(database, (connection) =>
    build(connection, projection, fresh, { indexed: false, partitions }),
  );
  const projector = new Projector(database, projection, fresh);
  let indexed = false;
  for await (const { position, events, caughtUp } of progress(options, projector)) {
    options.signal.throwIfAborted();
    options.onProgress?.({ position, events: Number(events) });
    if (!caughtUp && !indexed) continue;
    if (!indexed) await index(database, projection, fresh);
    indexed = true;
    if (await swap(options, projector, fresh)) {
      return { events: Number(events), seconds: (performance.now() - started) / 1000 };
    }
  }
  options.signal.throwIfAborted();
  throw new Error('the subscription ended before the rebuild had caught up');
}

function progress(
  { feed, streams, signal, batchLimit }: RebuildOptions,
  projector: Projector,
): AsyncGenerator<Progress & { caughtUp: boolean }> {
  if ('partitions' in feed) return toTheEnds(feed, projector);
  return fromAll(new Batches(feed, { streams, signal }, batchLimit), projector);
}

async function* fromAll(batches: Batches, projector: Projector) {
  for await (const batch of batches) {
    const { position, events } =
      batch.position >= 0n ? await projector.apply(batch) : await projector.checkpoint();
    yield { position, events, caughtUp: batch.caughtUp };
  }
}

// Once to the ends of now: the little that came since is read in the transaction that swaps.
async function* toTheEnds(feed: PartitionedFeed, projector: Projector) {
  let [position, events] = [-1n, 0n];
  for await (const chain of feed.readOn(new Map())) {
    const checkpoint = await projector.applyChain(chain);
    events += BigInt(checkpoint.applied);
    if (checkpoint.position > position) position = checkpoint.position;
    yield { position, events, caughtUp: false };
  }
  yield { position, events, caughtUp: true };
}

type Reached = { projection: string; partition: string; position: string; next_offset: string };

// All checkpoints are locked, so that neither build moves while the names change hands. Readers see the old or the new.
async function swap(
  { database, projection, feed }: RebuildOptions,
  projector: Projector,
  fresh: Tables,
): Promise<boolean> {
  const served = tablesOf(projection);
  const old = oldTables(projection);
  return transaction(database, async (connection) => {
    const rows = await locked(connection, served, fresh);
    const behind = rows.filter(
      ({ projection: name, partition, position }) =>
        name === served.checkpoint && BigInt(position) > at(rows, fresh.checkpoint, partition),
    );
    // What lives goes on for ever: it waits here while the new build takes the last steps.
    if (behind.length > 0 && !('partitions' in feed)) return false;
    if (behind.length > 0 && 'partitions' in feed) {
      const from = rows.filter(({ projection: name }) => name === fresh.checkpoint);
      const offsets = new Map(from.map((row) => [Number(row.partition), BigInt(row.next_offset)]));
      for await (const chain of feed.readOn(offsets)) await projector.applyWithin(connection, chain);
    }
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
    return true;
  });
}

async function locked(connection: Connection, served: Tables, fresh: Tables): Promise<Reached[]> {
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
