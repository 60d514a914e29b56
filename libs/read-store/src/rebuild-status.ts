import type { Connection, Database } from './database.js';
import { type AnyProjection, tablesOf } from './table.sql.js';

// Of the last rebuild of each build: whoever is asked answers, whichever process rebuilds.
export const rebuildTable = `
  create table if not exists projection_rebuild (
    projection text primary key,
    state text not null,
    events bigint not null default 0,
    position bigint not null default -1,
    reason text,
    begun_at timestamptz not null default clock_timestamp(),
    ended_at timestamptz
  )`;

export type Rebuilt = { events: number; seconds: number };

export type RebuildStatus =
  | ({ state: 'running'; position: bigint } & Rebuilt)
  | ({ state: 'done' } & Rebuilt)
  | { state: 'failed'; reason: string };

/** How far a rebuild has come: the last applied `$all` position, -1 before the first event. */
export type RebuildProgress = { events: number; position: bigint };

const key = `hashtextextended('yizhan rebuild ' || $1, 0)`;

/**
 * Takes the right to build into the tables of a rebuild, and writes down that it runs; false where another process has it. It ends with the
 * connection, so that nobody waits for a process that is gone.
 */
export async function takeRebuild(connection: Connection, projection: AnyProjection): Promise<boolean> {
  const { checkpoint } = tablesOf(projection);
  const { rows } = await connection.query<{ taken: boolean }>(
    `select pg_try_advisory_lock(${key}) as taken`,
    [checkpoint],
  );
  if (!rows[0]?.taken) return false;
  await connection.query(
    `insert into projection_rebuild (projection, state) values ($1, 'running')
     on conflict (projection) do update
     set state = 'running', events = 0, position = -1, reason = null, begun_at = clock_timestamp(), ended_at = null`,
    [checkpoint],
  );
  return true;
}

export async function giveRebuildBack(connection: Connection, projection: AnyProjection): Promise<void> {
  await connection.query(`select pg_advisory_unlock(${key})`, [tablesOf(projection).checkpoint]);
}

/** Nothing where it has ended meanwhile. */
export async function tellProgress(
  database: Database,
  projection: AnyProjection,
  { events, position }: RebuildProgress,
): Promise<void> {
  await database.query(
    `update projection_rebuild set events = $2, position = $3 where projection = $1 and state = 'running'`,
    [tablesOf(projection).checkpoint, events, position],
  );
}

/** How it ended: with so many events, or for this reason. */
export async function tellEnded(
  connection: Connection,
  projection: AnyProjection,
  end: { events: number } | { reason: string },
): Promise<void> {
  const [state, events, reason] = 'reason' in end ? ['failed', null, end.reason] : ['done', end.events, null];
  await connection.query(
    `update projection_rebuild
     set state = $2, events = coalesce($3::bigint, events), reason = $4, ended_at = clock_timestamp()
     where projection = $1`,
    [tablesOf(projection).checkpoint, state, events, reason?.replaceAll('\0', '\uFFFD')], // which a text in PostgreSQL cannot hold
  );
}

type Stored = {
  projection: string;
  state: RebuildStatus['state'];
  held: boolean;
  events: string;
  position: string;
  reason: string | null;
  seconds: number;
};

/** Of the last rebuild of each build, by the name of its checkpoint. */
export async function rebuildStatuses(database: Database): Promise<Map<string, RebuildStatus>> {
  const { rows } = await database.query<Stored>(
    `select projection, state, events, position, reason,
       extract(epoch from coalesce(ended_at, clock_timestamp()) - begun_at)::double precision as seconds,
       exists (
         select from pg_locks where locktype = 'advisory' and objsubid = 1
           and database = (select oid from pg_database where datname = current_database())
           and (classid::bigint << 32 | objid::bigint) = ${key.replace('$1', 'projection')}
       ) as held
     from projection_rebuild`,
  );
  return new Map(rows.map((row) => [row.projection, statusOf(row)]));
}

function statusOf({ state, held, events, position, reason, seconds }: Stored): RebuildStatus {
  const rebuilt = { events: Number(events), seconds };
  if (state === 'done') return { state, ...rebuilt };
  if (state === 'failed') return { state, reason: reason ?? '' };
  if (held) return { state, ...rebuilt, position: BigInt(position) };
  return { state: 'failed', reason: 'the process that rebuilt it has ended' };
}
