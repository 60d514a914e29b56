import type { Database } from './database.js';

// Partitions that stand still, whichever process has them.
export const haltedTable = `
  create table if not exists projection_halted (
    projection text not null,
    partition integer not null,
    reason text not null,
    primary key (projection, partition)
  )`;

export type HaltedPartition = { partition: number; reason: string };

/** Writes down which of the partitions of a process stand still, and that the others of them do not. */
export async function tellHalted(
  database: Database,
  projection: string,
  partitions: readonly number[],
  halted: ReadonlyMap<number, string>,
): Promise<void> {
  await database.query(
    `with going as (
       delete from projection_halted where projection = $1 and partition = any($2) and partition <> all($3)
     )
     insert into projection_halted as told (projection, partition, reason)
     select $1, partition, reason from unnest($3::integer[], $4::text[]) as halted (partition, reason)
     on conflict (projection, partition) do update set reason = excluded.reason where told.reason <> excluded.reason`,
    [projection, partitions, [...halted.keys()], [...halted.values()]],
  );
}

/** By the name of the checkpoint. */
export async function haltedPartitions(database: Database): Promise<Map<string, HaltedPartition[]>> {
  const { rows } = await database.query<HaltedPartition & { projection: string }>(
    'select projection, partition, reason from projection_halted order by projection, partition',
  );
  const found = new Map<string, HaltedPartition[]>();
  for (const { projection, ...halted } of rows)
    found.set(projection, [...(found.get(projection) ?? []), halted]);
  return found;
}
