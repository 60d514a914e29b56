import { Client } from 'pg';

/** Every row of every table of the read models in a database, ordered by key: what two feeds have to agree on. */
export async function rowsOfAll(url: string): Promise<Record<string, string[]>> {
  const client = new Client(url);
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public' and tablename ~ '_[0-9]+(_old)?(_tally|_past)?$' order by 1`,
    );
    const found: Record<string, string[]> = {};
    for (const { name } of rows) found[name] = await rowsOf(client, name);
    return found;
  } finally {
    await client.end();
  }
}

async function rowsOf(client: Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ row: string }>(
    `select to_jsonb(t)::text as row from ${table} t order by to_jsonb(t)::text`,
  );
  return rows.map(({ row }) => row);
}

/** Ends every connection to a database but its own, as a restart of the server does. */
export async function breakConnections(url: string): Promise<void> {
  const client = new Client(url);
  await client.connect();
  await client.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  await client.end();
}
