import { Batches, type Feed } from '#event-store';
import { type Database, transaction } from './database.js';
import { Projector } from './projector.js';
import { allPartition, build, index } from './schema.js';
import { type AnyProjection, type Tables, dropTables, tablesOf } from './table.sql.js';

export type RebuildOptions = {
  projection: AnyProjection;
  database: Database;
  feed: Feed;
  streams: string[];
  batchLimit: number;
  signal: AbortSignal;
  onProgress?: (progress: { position: bigint; events: number }) => void;
};

export type Rebuilt = { events: number; seconds: number };

/**
 * Builds a projection anew from the first event, beside the tables that are being read, which it replaces in one transaction
 * once it has come at least as far. A rebuild that is broken off leaves the served tables as they were.
 */
export async function rebuild(options: RebuildOptions): Promise<Rebuilt> {
  const { projection, database, feed, streams, batchLimit, signal } = options;
  const started = performance.now();
  const fresh = tablesOf(projection, '_new');
  await transaction(database, (connection) => build(connection, projection, fresh, { indexed: false }));
  const projector = new Projector(database, projection, fresh);
  let indexed = false;
  for await (const batch of new Batches(feed, { streams, signal }, batchLimit)) {
    signal.throwIfAborted();
    const { position, events } =
      batch.position >= 0n ? await projector.apply(batch) : await projector.checkpoint();
    options.onProgress?.({ position, events: Number(events) });
    if (!batch.caughtUp && !indexed) continue;
    if (!indexed) await index(database, projection, fresh);
    indexed = true;
    if (await swap(database, projection, fresh)) {
      return { events: Number(events), seconds: (performance.now() - started) / 1000 };
    }
  }
  signal.throwIfAborted();
  throw new Error('the subscription ended before the rebuild had caught up');
}

// Both checkpoints are locked, so that neither build moves while the names change hands. Readers see the old or the new.
async function swap(database: Database, projection: AnyProjection, fresh: Tables): Promise<boolean> {
  const served = tablesOf(projection);
  return transaction(database, async (connection) => {
    const { rows } = await connection.query<{ projection: string; position: string }>(
      `select projection, position from projection_checkpoint
       where projection in ($1, $2) and partition = $3 order by projection for update`,
      [served.checkpoint, fresh.checkpoint, allPartition],
    );
    const at = (name: string) => BigInt(rows.find((row) => row.projection === name)?.position ?? -1);
    if (at(fresh.checkpoint) < at(served.checkpoint)) return false;
    await connection.query(dropTables(served));
    await connection.query(`alter table ${fresh.rows} rename to ${served.rows}`);
    if (projection.tally) await connection.query(`alter table ${fresh.tally} rename to ${served.tally}`);
    // Updated, not replaced: a batch of the served build may be waiting for this very row.
    await connection.query(
      `update projection_checkpoint served set (position, recorded_at, events, updated_at) =
         (select position, recorded_at, events, now() from projection_checkpoint where projection = $2)
       where projection = $1`,
      [served.checkpoint, fresh.checkpoint],
    );
    await connection.query('delete from projection_checkpoint where projection = $1', [fresh.checkpoint]);
    return true;
  });
}
