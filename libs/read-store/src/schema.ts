import { type Connection, type Database, transaction } from './database.js';
import { haltedTable } from './halted-partitions.js';
import { parkingTable } from './parking.js';
import { rebuildTable } from './rebuild-status.js';
import {
  type AnyProjection,
  type Tables,
  createIndexes,
  createTables,
  dropTables,
  tablesOf,
} from './table.sql.js';

// Two processes may start at once; whoever comes second waits here and finds the tables.
const lock = `select pg_advisory_xact_lock(hashtext('yizhan projections'))`;

// Positions are of $all. `current` is what takes part in the reading, `previous` what older processes still read.
const ours = `
  create table if not exists projection_checkpoint (
    projection text not null,
    partition text not null,
    position bigint not null,
    recorded_at timestamptz,
    events bigint not null,
    next_offset bigint not null default 0,
    updated_at timestamptz not null,
    primary key (projection, partition)
  ) with (fillfactor = 50);
  create table if not exists projection_current (
    name text primary key,
    version integer not null,
    previous integer
  );
  ${parkingTable};
  ${haltedTable};
  ${rebuildTable}`;

/** The `$all` feed has one partition. */
export const allPartition = 'all';

/** Names of the checkpoints of a feed: `all`, or the numbers of its partitions. */
export const partitionNames = (count: number | undefined): string[] =>
  count === undefined ? [allPartition] : Array.from({ length: count }, (_, number) => String(number));

/** Makes what is missing of a projection's tables and its checkpoints. Says whether this version has been served before. */
export async function prepare(
  database: Database,
  projection: AnyProjection,
  partitions = [allPartition],
): Promise<boolean> {
  return transaction(database, async (connection) => {
    await connection.query(lock);
    await connection.query(ours);
    const tables = tablesOf(projection);
    if (!(await exists(connection, tables))) {
      await build(connection, projection, tables, { indexed: true, partitions });
    }
    await adopt(connection, tables, partitions);
    const { rowCount } = await connection.query(
      'select 1 from projection_current where name = $1 and $2 in (version, previous)',
      [projection.name, projection.version],
    );
    return rowCount === 1;
  });
}

// What was fed from `$all` may go on from partitions: each has everything up to the same position. Not the other way round.
async function adopt(connection: Connection, { checkpoint }: Tables, partitions: string[]): Promise<void> {
  const { rows } = await connection.query<{ partition: string }>(
    'select partition from projection_checkpoint where projection = $1',
    [checkpoint],
  );
  const present = rows.map(({ partition }) => partition).toSorted();
  if (JSON.stringify(present) === JSON.stringify(partitions.toSorted())) return;
  if (present.length !== 1 || present[0] !== allPartition) {
    throw new Error(
      `${checkpoint} was built from other partitions (${present.join(', ')}): give it a database of its own, or drop its tables`,
    );
  }
  await connection.query(
    `with taken as (delete from projection_checkpoint where projection = $1 returning *)
     insert into projection_checkpoint
     select projection, part, position, recorded_at, case part when $3 then events else 0 end, 0, now()
     from taken, unnest($2::text[]) part`,
    [checkpoint, partitions, partitions[0]],
  );
}

/** Says whether there was one. */
export async function dropBuild(connection: Connection, tables: Tables): Promise<boolean> {
  await connection.query(dropTables(tables));
  const { rowCount } = await connection.query('delete from projection_checkpoint where projection = $1', [
    tables.checkpoint,
  ]);
  return (rowCount ?? 0) > 0;
}

/** Empty tables with checkpoints before the first event. */
export async function build(
  connection: Connection,
  projection: AnyProjection,
  tables: Tables,
  { indexed, partitions }: { indexed: boolean; partitions: string[] },
): Promise<void> {
  await dropBuild(connection, tables);
  for (const statement of createTables(projection, tables)) await connection.query(statement);
  if (indexed) await index(connection, projection, tables);
  await connection.query(
    `insert into projection_checkpoint
     select $1, part, -1, null, 0, 0, now() from unnest($2::text[]) part`,
    [tables.checkpoint, partitions],
  );
}

export async function index(
  connection: Connection | Database,
  projection: AnyProjection,
  tables: Tables,
): Promise<void> {
  for (const statement of createIndexes(projection, tables)) await connection.query(statement);
}

/** This version has caught up and takes over. The one before stays for processes that still read it, older ones go. */
export async function takeOver(database: Database, { name, version }: AnyProjection): Promise<void> {
  await transaction(database, async (connection) => {
    await connection.query(lock);
    await connection.query(
      `insert into projection_current as served values ($1, $2, null) on conflict (name) do update
       set previous = case when served.version = $2 then served.previous else served.version end, version = $2`,
      [name, version],
    );
    const { rows } = await connection.query<{ projection: string; version: number }>(
      `select c.projection, split_part(c.projection, '@', 2)::integer as version
       from projection_checkpoint c join projection_current p on c.projection ~ ('^' || p.name || '@[0-9]+$')
       where p.name = $1 and split_part(c.projection, '@', 2)::integer not in (p.version, coalesce(p.previous, p.version))`,
      [name],
    );
    for (const old of rows) {
      for (const suffix of ['', '_old']) {
        await dropBuild(connection, tablesOf({ name, version: old.version } as AnyProjection, suffix));
      }
    }
  });
}

async function exists(connection: Connection, { rows, checkpoint }: Tables): Promise<boolean> {
  const { rows: found } = await connection.query<{ both: boolean }>(
    `select to_regclass($1) is not null
       and exists (select from projection_checkpoint where projection = $2) as both`,
    [rows, checkpoint],
  );
  return found[0]?.both === true;
}
