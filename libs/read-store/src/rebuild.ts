import { Batches, type Feed } from '#event-store';
import { type Database, transaction } from './database.js';
import type { PartitionedFeed } from './partitioned-feed.js';
import { Projector } from './projector.js';
import { build, index, partitionNames } from './schema.js';
import { type AnyProjection, type Tables, dropTables, tablesOf } from './table.sql.js';

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

/**
 * Builds a projection anew from the first event, beside the tables that are being read, which it replaces in one transaction
 * once it has come at least as far. A rebuild that is broken off leaves the served tables as they were. It never parks: the
 * first record that cannot be applied ends it.
 */
export async function rebuild(options: RebuildOptions): Promise<Rebuilt> {
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
    if (await swap(database, projection, fresh)) {
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
  if ('partitions' in feed) return readOn(feed, projector);
  return fromAll(new Batches(feed, { streams, signal }, batchLimit), projector);
}

async function* fromAll(batches: Batches, projector: Projector) {
  for await (const batch of batches) {
    const { position, events } =
      batch.position >= 0n ? await projector.apply(batch) : await projector.checkpoint();
    yield { position, events, caughtUp: batch.caughtUp };
  }
}

// To the ends, and on to the new ends, until the build has come as far as the one that is served.
async function* readOn(feed: PartitionedFeed, projector: Projector) {
  const offsets = new Map<number, bigint>();
  const applied = new Map<number, Progress>();
  const total = () => ({
    position: [...applied.values()].reduce((most, { position }) => (position > most ? position : most), -1n),
    events: [...applied.values()].reduce((sum, { events }) => sum + events, 0n),
  });
  while (true) {
    for await (const chain of feed.readOn(offsets)) {
      applied.set(chain.partition, await projector.applyChain(chain));
      offsets.set(chain.partition, chain.next);
      yield { ...total(), caughtUp: false };
    }
    yield { ...total(), caughtUp: true };
  }
}

type Reached = { projection: string; partition: string; position: string };

// All checkpoints are locked, so that neither build moves while the names change hands. Readers see the old or the new.
async function swap(database: Database, projection: AnyProjection, fresh: Tables): Promise<boolean> {
  const served = tablesOf(projection);
  return transaction(database, async (connection) => {
    const { rows } = await connection.query<Reached>(
      `select projection, partition, position from projection_checkpoint
       where projection in ($1, $2) order by projection, partition for update`,
      [served.checkpoint, fresh.checkpoint],
    );
    const behind = rows.some(
      ({ projection: name, partition, position }) =>
        name === served.checkpoint && BigInt(position) > at(rows, fresh.checkpoint, partition),
    );
    if (behind) return false;
    await connection.query(dropTables(served));
    await connection.query(`alter table ${fresh.rows} rename to ${served.rows}`);
    if (projection.tally) await connection.query(`alter table ${fresh.tally} rename to ${served.tally}`);
    // Updated, not replaced: a batch of the served build may be waiting for these very rows.
    await connection.query(
      `update projection_checkpoint served
       set position = fresh.position, recorded_at = fresh.recorded_at, events = fresh.events,
           next_offset = fresh.next_offset, updated_at = now()
       from projection_checkpoint fresh
       where served.projection = $1 and fresh.projection = $2 and fresh.partition = served.partition`,
      [served.checkpoint, fresh.checkpoint],
    );
    await connection.query('delete from projection_checkpoint where projection = $1', [fresh.checkpoint]);
    return true;
  });
}

const at = (rows: Reached[], projection: string, partition: string): bigint =>
  BigInt(rows.find((row) => row.projection === projection && row.partition === partition)?.position ?? -1);
