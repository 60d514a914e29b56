import { type Connection, type Database, prepared, transaction } from './database.js';
import type { Link } from './partitioned-feed.js';

// A key whose record cannot be applied: it and all that follow wait here, in their order, while the others flow on.
export const parkingTable = `
  create table if not exists projection_parked (
    projection text not null,
    partition integer not null,
    stream text not null,
    position bigint not null,
    reason text not null,
    record json not null,
    parked_at timestamptz not null default now(),
    primary key (projection, stream, position)
  );
  create table if not exists projection_discarded (
    projection text not null,
    stream text not null,
    position bigint not null,
    record json not null,
    reason text not null,
    discarded_at timestamptz not null default now()
  )`;

/** A key that waits for an operator. Times are ISO 8601 in UTC, positions of `$all` as decimal strings. */
export type ParkedKey = {
  projection: string;
  stream: string;
  /** Why the first of its records could not be applied. */
  reason: string;
  position: string;
  records: number;
  parkedAt: string;
};

export async function park(
  connection: Connection,
  projection: string,
  partition: number,
  links: readonly Link[],
  reason: string,
): Promise<void> {
  await connection.query(
    `insert into projection_parked (projection, partition, stream, position, reason, record)
     select $1, $2, stream, position, $3, record
     from unnest($4::text[], $5::bigint[], $6::json[]) as parked (stream, position, record)`,
    [
      projection,
      partition,
      reason.replaceAll('\0', '\uFFFD'), // which a text in PostgreSQL cannot hold
      links.map(({ stream }) => stream),
      links.map(({ position }) => position),
      links.map(({ raw }) => JSON.stringify(raw)),
    ],
  );
}

/** What flows on in a partition. */
export type Share = { partition: number; flowing: Link[] };

/** Parks the records of keys that are parked already: they flow on no more. */
export async function partitionParked(
  connection: Connection,
  projection: string,
  shares: readonly Share[],
): Promise<void> {
  const streams = new Set(shares.flatMap(({ flowing }) => flowing.map(({ stream }) => stream)));
  const { rows } = await connection.query<{ stream: string }>(
    prepared('select distinct stream from projection_parked where projection = $1 and stream = any($2)', [
      projection,
      [...streams],
    ]),
  );
  const parked = new Set(rows.map(({ stream }) => stream));
  if (parked.size === 0) return;
  for (const share of shares) {
    const waiting = share.flowing.filter(({ stream }) => parked.has(stream));
    if (waiting.length === 0) continue;
    await park(connection, projection, share.partition, waiting, 'an earlier record of the key is parked');
    share.flowing = share.flowing.filter(({ stream }) => !parked.has(stream));
  }
}

/** Records of a projection that wait in the parking. */
export async function parkedRecords(database: Database, projection: string): Promise<number> {
  const { rows } = await database.query<{ count: number }>(
    'select count(*)::integer as count from projection_parked where projection = $1',
    [projection],
  );
  return rows[0]?.count ?? 0;
}

export async function isParked(database: Database, projection: string, stream: string): Promise<boolean> {
  const { rowCount } = await database.query(
    'select from projection_parked where projection = $1 and stream = $2 limit 1',
    [projection, stream],
  );
  return rowCount === 1;
}

export async function parkedKeys(database: Database): Promise<ParkedKey[]> {
  const { rows } = await database.query<ParkedKey>(
    `select projection, stream, min(position) as position, count(*)::integer as records,
       (array_agg(reason order by position))[1] as reason, min(parked_at) as "parkedAt"
     from projection_parked group by projection, stream order by min(parked_at), stream`,
  );
  return rows;
}

/** Takes the parked records of a key out, in their order; for whoever applies them in the same transaction. */
export async function takeParked(
  connection: Connection,
  projection: string,
  stream: string,
): Promise<{ partition: number; position: string; record: object }[]> {
  const { rows } = await connection.query<{ partition: number; position: string; record: object }>(
    `delete from projection_parked where projection = $1 and stream = $2
     returning partition, position, record`,
    [projection, stream],
  );
  return rows.toSorted((one, other) => (BigInt(one.position) < BigInt(other.position) ? -1 : 1));
}

/** Gives up on the parked records of a key; they stay readable with the reason. Returns how many. */
export async function discardParked(
  database: Database,
  projection: string,
  stream: string,
  reason: string,
): Promise<number> {
  return transaction(database, async (connection) => {
    // Nobody parks a later record behind those that go.
    await connection.query(
      'select from projection_checkpoint where projection = $1 order by partition for update',
      [projection],
    );
    const { rowCount } = await connection.query(
      `with gone as (
         delete from projection_parked where projection = $1 and stream = $2 returning stream, position, record
       )
       insert into projection_discarded (projection, stream, position, record, reason)
       select $1, stream, position, record, $3 from gone`,
      [projection, stream, reason],
    );
    return rowCount ?? 0;
  });
}
