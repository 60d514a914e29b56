import { type Connection, type Database, transaction } from './database.js';
import { allPartition } from './schema.js';
import { type AnyProjection, tablesOf } from './table.sql.js';

/** How much of history an answer knows. */
export type AsOf = {
  /** The last `$all` position it contains; -1 before the first event. */
  position: string;
  /** When that was recorded: ISO 8601, UTC. */
  recordedAt: string | null;
};

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
  const locked = projections.flatMap(({ tally }, index) => {
    const { rows, tally: sums } = tables[index] as (typeof tables)[number];
    return tally ? [rows, sums] : [rows];
  });
  return transaction(
    database,
    async (connection) => {
      // Before the snapshot is taken: the rows of a rebuild that took over after it would be invisible in it.
      await connection.query(`lock table ${locked.join(', ')} in access share mode`);
      const { rows } = await connection.query<AsOf>(
        `select position, recorded_at as "recordedAt" from projection_checkpoint
         where projection = $1 and partition = $2`,
        [tables[0]?.checkpoint, allPartition],
      );
      return work(connection, rows[0] ?? { position: '-1', recordedAt: null });
    },
    'isolation level repeatable read read only',
  );
}
