import { existsSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import type { DataDirectory } from './data-directory.js';
import { emptyDatabase } from './empty-database.js';
import type { Session } from './wire-connection.js';

// Derived data that a rebuild brings back, in a process without background workers: no full page images, no replication;
// the disk is a local file, and plans are made for index-only scans.
const settings = [
  'full_page_writes=off',
  'synchronous_commit=off',
  'wal_level=minimal',
  'max_wal_senders=0',
  'jit=off',
  'random_page_cost=1.1',
  'work_mem=32MB',
].flatMap((setting) => ['-c', setting]);

export type EmbeddedSession = Session & { close: () => Promise<void> };

/** Opens the database in the directory, in memory without one. What cannot be opened is thrown away and begun anew. */
export async function openSession(directory: DataDirectory | undefined): Promise<EmbeddedSession> {
  await directory?.open();
  const database = await open(directory).catch(async (error: unknown) => {
    if (!directory) throw error;
    await directory.clear(
      `they cannot be opened (${error instanceof Error ? error.message : String(error)})`,
    );
    return open(directory);
  });
  await directory?.opened();
  return {
    run: (unit, onData) =>
      database.runExclusive(() => database.execProtocolRawStream(unit, { onRawData: onData })),
    isInTransaction: () => database.isInTransaction(),
    close: async () => {
      await database.close();
      await directory?.close();
    },
  };
}

async function open(directory: DataDirectory | undefined): Promise<PGlite> {
  const startParams = [...PGlite.defaultStartParams, ...settings];
  const begun = directory !== undefined && existsSync(directory.database);
  const database = await PGlite.create(directory?.database ?? 'memory://', {
    startParams,
    ...(begun ? {} : { loadDataDir: await emptyDatabase() }),
  });
  // Reads the catalogue, so that a directory with a hole in it is noticed here.
  await database.query('select count(*) from pg_class c join pg_attribute a on a.attrelid = c.oid');
  return database;
}
