import { type Connection, type Database, prepared, transaction } from './database.js';
import { type AnyProjection, tablesOf } from './table.sql.js';

/** How much of history an answer knows. */
export type AsOf = {
  /**
   * The last `$all` position it contains; -1 before the first event. Where the log comes in partitions, each is complete up to its
   * own last position: below this one there may be events of other streams that are still to come.
   */
  position: string;
  /** When that was recorded: ISO 8601, UTC. */
  recordedAt: string | null;
};

const newest = `select position, recorded_at as "recordedAt" from projection_checkpoint
  where projection = $1 order by projection_checkpoint.position desc limit 1`;

/**
 * Reads tables of projections in one snapshot, which contains exactly the events up to `asOf` of the first of them, however
 * many statements `work` takes.
 */
export async function readAsOf<Result>(
  database: Database,
  projections: [AnyProjection, ...AnyProjection[]],
  work: (connection: Connection, asOf: AsOf) => Promise<Result>,
): Promise<Result> {
  const tables = projections.map((projection) => tablesOf(projection));
  const locked = projections.flatMap(({ tally, table }, index) => {
    const { rows, tally: sums, past } = tables[index] as (typeof tables)[number];
    return [rows, ...(tally ? [sums] : []), ...(table.past ? [past] : [])];
  });
  return transaction(
    database,
    async (connection) => {
      // Before the snapshot is taken: the rows of a rebuild that took over after it would be invisible in it.
      await connection.query(`lock table ${locked.join(', ')} in access share mode`);
      const { rows } = await connection.query<AsOf>(prepared(newest, [tables[0]?.checkpoint]));
      return work(connection, rows[0] ?? { position: '-1', recordedAt: null });
    },
    'isolation level repeatable read read only',
  );
}
