import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { EventStoreUnavailable } from './event-store-unavailable.js';
import { unavailable } from './sqlite-failure.js';
import { damageOfLog } from './write-ahead-log.js';

const FORMAT = 1;
const APPLICATION = 0x595a4553; // "YZES" in the file's header: tells our file from any other SQLite database.
// quick_check reads the whole file, some 500 MB/s. A larger store that was closed in order is opened without it.
const ALWAYS_CHECKED_BYTES = 256 * 1024 * 1024;

// Stored for ever. `position` is the order of $all; a stream's events are found by (stream, revision), and a repeated append
// by (stream, id). That index is not unique: an append with the right expected revision may repeat an id.
// Large columns come last, so that looking at the others never touches an overflow page.
const SCHEMA = `
  CREATE TABLE streams (
    stream INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
  ) STRICT;
  CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    id BLOB NOT NULL,
    type TEXT NOT NULL,
    json INTEGER NOT NULL,
    created INTEGER NOT NULL,
    metadata BLOB NOT NULL,
    data BLOB NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX events_by_revision ON events (stream, revision);
  CREATE INDEX events_by_id ON events (stream, id);
  PRAGMA application_id = ${APPLICATION};
  PRAGMA user_version = ${FORMAT};`;

/** Opens (or creates) the database of events, checked. Throws EventStoreUnavailable; never repairs anything. */
export function openStoreFile(file: string): { database: DatabaseSync; isNew: boolean } {
  let database: DatabaseSync | undefined;
  try {
    const broken = damageOfLog(`${file}-wal`);
    if (broken) throw damaged(file, broken);
    if (sizeOf(file) > 0) inspect(file);
    database = new DatabaseSync(file);
    const isNew = isEmpty(database);
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536');
    database.exec('PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864');
    // Of a file that may not be written SQLite makes a reader, without a word, until a statement asks to write.
    database.exec(`BEGIN IMMEDIATE; ${isNew ? SCHEMA : 'DELETE FROM events WHERE FALSE;'} COMMIT`);
    return { database, isNew };
  } catch (error) {
    database?.close();
    throw unavailable(file, error);
  }
}

// Looks without the right to write: a connection that may write would, on closing, move a crash's log into the file.
function inspect(file: string): void {
  // SQLite removes the write-ahead log when it closes: a log that is still there was left by a crash.
  const crashed = sizeOf(`${file}-wal`) > 0;
  // A rollback journal means killed while the file was being made, before it got a log; only who may write can read it then.
  const unfinished = sizeOf(`${file}-journal`) > 0;
  const database = new DatabaseSync(file, { readOnly: !unfinished });
  try {
    if (isEmpty(database)) return;
    refuseForeign(database, file);
    if (crashed || sizeOf(file) <= ALWAYS_CHECKED_BYTES) refuseDamaged(database, file);
  } finally {
    database.close();
  }
}

/** Throws EventStoreUnavailable for a database that is none of ours, or of a newer format. */
export function refuseForeign(database: DatabaseSync, file: string): void {
  const version = numberOf(database, 'PRAGMA user_version');
  if (numberOf(database, 'PRAGMA application_id') !== APPLICATION) {
    throw new EventStoreUnavailable(
      'damaged',
      `${file} is a database, but not an event store: move it away.`,
    );
  }
  if (version > FORMAT) {
    throw new EventStoreUnavailable(
      'newer-version',
      `The event store ${file} has format ${version}, this program knows formats up to ${FORMAT}: install a newer one.`,
    );
  }
}

function refuseDamaged(database: DatabaseSync, file: string): void {
  const found = database.prepare('PRAGMA quick_check(1)').get() as { quick_check?: string } | undefined;
  if (found?.quick_check === 'ok') return;
  throw damaged(file, found?.quick_check?.replaceAll(/\s+/g, ' '));
}

function damaged(file: string, detail: string | undefined): EventStoreUnavailable {
  return new EventStoreUnavailable(
    'damaged',
    `The event store ${file} is damaged (${detail}): restore a backup, nothing was changed.`,
  );
}

function isEmpty(database: DatabaseSync): boolean {
  return numberOf(database, 'SELECT count(*) FROM sqlite_schema') === 0;
}

function numberOf(database: DatabaseSync, sql: string): number {
  return Number(Object.values(database.prepare(sql).get() ?? {})[0]);
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
