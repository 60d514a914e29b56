import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { Limit } from './page-size.js';
import type { ProposedEvent, RecordedEvent } from './recorded-event.js';

type Row = [number, string, number, string, number, number, number, Uint8Array];

const ID_BYTES = 16;

// CROSS JOIN is plain JOIN in the order written: the events are walked in their order, and each looks up its name.
// The three blobs come as one: to make a buffer costs more than to read its bytes, and this halves the time of a page.
const SELECT = `SELECT e.position, s.name, e.revision, e.type, e.json, e.created, length(e.metadata),
    CAST(e.id || e.metadata || e.data AS BLOB)
  FROM events e CROSS JOIN streams s ON s.stream = e.stream`;

/** Every statement of the log; each finds its rows by a key, whatever the size of the store. */
export const STATEMENTS = {
  stream: 'SELECT stream FROM streams WHERE name = ?',
  addStream: 'INSERT INTO streams (name) VALUES (?) RETURNING stream',
  insert: 'INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  lastPosition: 'SELECT max(position) FROM events',
  lastRevision: 'SELECT max(revision) FROM events WHERE stream = ?',
  byId: 'SELECT revision, position FROM events WHERE stream = ? AND id = ? ORDER BY position DESC LIMIT 1',
  idAt: 'SELECT id, position FROM events WHERE stream = ? AND revision = ?',
  forwards: `${SELECT} WHERE e.stream = ? AND e.revision >= ? ORDER BY e.revision LIMIT ?`,
  backwards: `${SELECT} WHERE e.stream = ? AND e.revision <= ? ORDER BY e.revision DESC LIMIT ?`,
  allForwards: `${SELECT} WHERE e.position > ? ORDER BY e.position LIMIT ?`,
  allBackwards: `${SELECT} WHERE e.position < ? ORDER BY e.position DESC LIMIT ?`,
};

/** The events on disk, in prepared statements. Streams are named by their row number here. */
export class EventLog {
  readonly #statements: Record<keyof typeof STATEMENTS, StatementSync>;
  #last: number;

  constructor(readonly database: DatabaseSync) {
    const prepared = Object.entries(STATEMENTS).map(([name, sql]) => {
      const statement = database.prepare(sql);
      statement.setReturnArrays(true);
      return [name, statement];
    });
    this.#statements = Object.fromEntries(prepared);
    this.#last = this.#row<[number | null]>(this.#statements.lastPosition)?.[0] ?? 0;
  }

  /** Position of the newest event; 0 when there is none. Inside a transaction it counts what is not yet committed. */
  get lastPosition(): number {
    return this.#last;
  }

  /** Runs `work` in one transaction that is on disk when this returns. Whatever fails, nothing of it stays. */
  commit(work: () => void): void {
    const before = this.#last;
    // A rollback that itself failed would otherwise stop the writer for good.
    if (this.database.isTransaction) this.database.exec('ROLLBACK');
    this.database.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.database.exec('COMMIT');
    } catch (error) {
      this.#last = before;
      if (this.database.isTransaction) this.database.exec('ROLLBACK');
      throw error;
    }
  }

  streamNumber(name: string): number | undefined {
    return this.#row<[number]>(this.#statements.stream, name)?.[0];
  }

  addStream(name: string): number {
    return this.#row<[number]>(this.#statements.addStream, name)![0];
  }

  /** Adds one event and returns its position. */
  insert(stream: number, revision: number, created: number, event: ProposedEvent): number {
    const position = this.#last + 1;
    const json = event.json ? 1 : 0;
    const { id, type, metadata, data } = event;
    this.#statements.insert.run(position, stream, revision, id, type, json, created, metadata, data);
    this.#last = position;
    return position;
  }

  /** The newest revision of a stream, -1 when it has no events. */
  lastRevision(stream: number): number {
    return this.#row<[number | null]>(this.#statements.lastRevision, stream)?.[0] ?? -1;
  }

  find(stream: number, id: Uint8Array): { revision: number; position: number } | undefined {
    const row = this.#row<[number, number]>(this.#statements.byId, stream, id);
    return row && { revision: row[0], position: row[1] };
  }

  idAt(stream: number, revision: number): { id: Uint8Array; position: number } | undefined {
    const row = this.#row<[Uint8Array, number]>(this.#statements.idAt, stream, revision);
    return row && { id: row[0], position: row[1] };
  }

  /** Events with a revision of at least `from`, oldest first. */
  forwards(stream: number, from: number, limit: Limit): RecordedEvent[] {
    return this.#events(this.#statements.forwards, limit, stream, from);
  }

  /** Events with a revision of at most `from`, newest first. */
  backwards(stream: number, from: number, limit: Limit): RecordedEvent[] {
    return this.#events(this.#statements.backwards, limit, stream, from);
  }

  /** Events of all streams strictly after `position`, oldest first. */
  allAfter(position: number, limit: Limit): RecordedEvent[] {
    return this.#events(this.#statements.allForwards, limit, position);
  }

  /** Events of all streams strictly before `position`, newest first. */
  allBefore(position: number, limit: Limit): RecordedEvent[] {
    return this.#events(this.#statements.allBackwards, limit, position);
  }

  #row<R>(statement: StatementSync, ...values: SQLInputValue[]): R | undefined {
    return statement.get(...values) as R | undefined;
  }

  // Row by row: what follows small events may be large, and all of it at once would fill the memory.
  #events(statement: StatementSync, limit: Limit, ...values: SQLInputValue[]): RecordedEvent[] {
    const events: RecordedEvent[] = [];
    let bytes = 0;
    for (const row of statement.iterate(...values, limit.rows) as unknown as Iterable<Row>) {
      events.push(recorded(row));
      bytes += row[7].length;
      if (bytes >= limit.bytes) break;
    }
    return events;
  }
}

function recorded([
  position,
  stream,
  revision,
  type,
  json,
  created,
  metadataBytes,
  bytes,
]: Row): RecordedEvent {
  const id = bytes.subarray(0, ID_BYTES);
  const metadata = bytes.subarray(ID_BYTES, ID_BYTES + metadataBytes);
  const data = bytes.subarray(ID_BYTES + metadataBytes);
  return { position, stream, revision, id, type, json: json === 1, created, metadata, data };
}
