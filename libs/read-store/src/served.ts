import type { Database } from './database.js';
import type { AnyProjection } from './table.sql.js';

/** Whether this version of a projection has caught up once, so that its rows say how things stand, and not how they stood. */
export async function isServed(database: Database, { name, version }: AnyProjection): Promise<boolean> {
  const { rows } = await database.query<{ begun: boolean }>(
    `select to_regclass('projection_current') is not null as begun`,
  );
  if (!rows[0]?.begun) return false; // no projection has ever run on this database
  const { rowCount } = await database.query(
    'select 1 from projection_current where name = $1 and $2 in (version, previous)',
    [name, version],
  );
  return rowCount === 1;
}
