import type { Pool } from 'pg';

const tables = `
  create table if not exists requests (
    id uuid primary key,
    station text not null,
    summary text not null,
    details text,
    category text,
    channel text not null,
    building text,
    unit text,
    resident_name text,
    resident_phone text,
    resident_flat text,
    page integer,
    line integer,
    occurred_at timestamptz,
    created_by text not null,
    created_at timestamptz not null default now()
  );
  create index if not exists requests_by_station on requests (station, created_at desc);
  create table if not exists audit (
    id bigint generated always as identity primary key,
    request_id uuid not null references requests,
    actor text not null,
    action text not null,
    body jsonb not null,
    at timestamptz not null default now()
  );
  create index if not exists audit_by_request on audit (request_id);`;

const columns = `id, station, summary, details, category, channel, building, unit, resident_name, resident_phone,
  resident_flat, page, line, occurred_at, created_by`;
const values = '$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15';

export const insertRequest = `insert into requests (${columns}) values (${values})`;

export const insertAudit = 'insert into audit (request_id, actor, action, body) values ($1, $2, $3, $4)';

/** Both rows in one round trip, for those who tune. */
export const insertBoth = `with request as (${insertRequest})
  insert into audit (request_id, actor, action, body) values ($16, $17, $18, $19)`;

export async function createTables(pool: Pool): Promise<void> {
  await pool.query(tables);
}
