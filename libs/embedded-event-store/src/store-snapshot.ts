import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { EventStoreUnavailable } from './event-store-unavailable.js';
import { unavailable } from './sqlite-failure.js';
import { refuseForeign } from './store-file.js';
import { damageOfLog } from './write-ahead-log.js';

/** What a store holds. Two files with the same census of one store hold the same events: events are never changed. */
export type Census = { events: number; streams: number; lastPosition: number };

/**
 * A store's file as it stands at this moment, opened without the right to write: whoever writes it meanwhile goes on,
 * is not waited for, and cannot be harmed. Its log is not emptied until this is closed, so it is not held for longer than needed.
 */
export class StoreSnapshot {
  private constructor(
    readonly file: string,
    readonly database: DatabaseSync,
  ) {}

  /** Throws EventStoreUnavailable. */
  static open(file: string): StoreSnapshot {
    let database: DatabaseSync | undefined;
    try {
      database = new DatabaseSync(file, { readOnly: true });
      refuseEmpty(database, file);
      refuseForeign(database, file);
      database.exec('BEGIN');
      // A transaction begins to see with its first read.
      database.prepare('SELECT 1 FROM sqlite_schema').get();
      return new StoreSnapshot(file, database);
    } catch (error) {
      database?.close();
      throw unavailable(file, error);
    }
  }

  /** Throws EventStoreUnavailable when the file cannot be read so far. */
  census(): Census {
    try {
      const events = this.database
        .prepare('SELECT count(*) AS events, max(position) AS last FROM events')
        .get() as { events: number; last: number | null };
      const { streams } = this.database.prepare('SELECT count(*) AS streams FROM streams').get() as {
        streams: number;
      };
      return { events: events.events, streams, lastPosition: events.last ?? 0 };
    } catch (error) {
      throw unavailable(this.file, error);
    }
  }

  /** What is wrong with its log: then events are missing here, and SQLite does not say so. */
  get damageOfLog(): string | undefined {
    return damageOfLog(`${this.file}-wal`);
  }

  /** The size of the file with its log. */
  get bytes(): number {
    return statSync(this.file).size + (statSync(`${this.file}-wal`, { throwIfNoEntry: false })?.size ?? 0);
  }

  close(): void {
    this.database.close();
  }
}

function refuseEmpty(database: DatabaseSync, file: string): void {
  if (database.prepare('SELECT 1 FROM sqlite_schema').get()) return;
  throw new EventStoreUnavailable('damaged', `${file} is empty: it never became an event store.`);
}
