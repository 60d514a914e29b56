import { createHash } from 'node:crypto';
import { Pool, type PoolClient, type QueryConfig, type CustomTypesConfig, types as pgTypes } from 'pg';

export type Database = Pool;
export type Connection = PoolClient;

const { builtins } = pgTypes;

// Rows are JSON: 64-bit numbers stay decimal strings, dates stay `yyyy-mm-dd`, instants become ISO 8601 in UTC.
const parsers = new Map<number, (text: string) => unknown>([
  [builtins.DATE, (text) => text],
  [builtins.TIMESTAMPTZ, instant],
]);
const types: CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && parsers.get(oid)) || (pgTypes.getTypeParser(oid, format as 'text') as never),
};

// Sessions speak UTC: `2026-11-22 02:30:00.5+00`. A page has dozens, and Date takes ten times as long over each.
function instant(text: string): string {
  const parts = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,3})\d*)?\+00$/.exec(text);
  if (!parts) return new Date(text).toISOString();
  return `${parts[1]}T${parts[2]}.${(parts[3] ?? '').padEnd(3, '0')}Z`;
}

/** Connects with the first query. `onError` hears of idle connections that broke; queries on them fail by themselves. */
export function openDatabase(connectionString: string, onError: (error: Error) => void): Database {
  const pool = new Pool({
    connectionString,
    types,
    max: 8,
    connectionTimeoutMillis: 10_000,
    application_name: 'yizhan',
    options: '-c TimeZone=UTC',
  });
  pool.on('error', onError);
  return pool;
}

/**
 * A connection of one's own. Should it break while nothing is asked of it, the next question says so; without a listener the
 * process would end.
 */
export async function ownConnection(database: Database): Promise<Connection> {
  const connection = await database.connect();
  if (!connection.listeners('error').includes(unheard)) connection.on('error', unheard);
  return connection;
}

const unheard = (): void => undefined;

const names = new Map<string, string>();

/** A statement that a connection plans once. Of fixed texts only: each is kept as long as the connection. */
export function prepared(text: string, values: unknown[]): QueryConfig {
  let name = names.get(text);
  if (name === undefined) names.set(text, (name = createHash('sha256').update(text).digest('base64url')));
  return { name, text, values };
}

/** Runs `work` between `begin` and `commit`; whatever it throws rolls back. `mode` as in `begin <mode>`. */
export async function transaction<Result>(
  database: Database,
  work: (connection: Connection) => Promise<Result>,
  mode = '',
): Promise<Result> {
  const connection = await ownConnection(database);
  let broken: Error | undefined;
  try {
    await connection.query(`begin ${mode}`);
    const result = await work(connection);
    await connection.query('commit');
    return result;
  } catch (error) {
    await connection.query('rollback').catch((lost: Error) => (broken = lost));
    throw error;
  } finally {
    connection.release(broken); // a connection that cannot roll back is not used again
  }
}
