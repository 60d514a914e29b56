import { Client } from 'pg';

/** Every row of every table of the read models in a database, in one order: what two feeds have to agree on. */
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
  const { rows } = await client.query<{ row: string }>(`select to_jsonb(t)::text as row from ${table} t`);
  return rows.map(({ row }) => row.replace(list, inOrder)).toSorted();
}

// Lists of durations are added to as events come, and those of different partitions come in no order; who reads them forgets it.
const list = /"(?:-?\d+ )+"/g;
const inOrder = (text: string) => `"${text.slice(1, -2).split(' ').toSorted().join(' ')} "`;

/** Ends every connection to a database but its own, as a restart of the server does; resolves with how many there were. */
export async function breakConnections(url: string): Promise<number> {
  const client = new Client(url);
  await client.connect();
  const { rowCount } = await client.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  await client.end();
  return rowCount ?? 0;
}

/** Whether a connection to a database that stood before the work was broken by it. */
export async function isCutOff(url: string, work: () => Promise<void>): Promise<boolean> {
  const client = new Client(url);
  let broken = false;
  client.on('error', () => (broken = true));
  await client.connect();
  await work();
  broken ||= await client.query('select 1').then(
    () => false,
    () => true,
  );
  await client.end().catch(() => undefined);
  return broken;
}
