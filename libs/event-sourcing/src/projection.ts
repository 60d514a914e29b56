import type { DomainEvent } from './decider.js';
import type { Recorded } from './event.js';

/** What a column holds; the read store spells it in SQL. `json` is stored as jsonb, `bigint` travels as a string. */
export type ColumnType = 'text' | 'integer' | 'bigint' | 'double' | 'boolean' | 'timestamp' | 'date' | 'json';

/**
 * A table: its columns by name, the key of a row, what is indexed. Column names are snake_case and equal the row's
 * property names, so that a row is its JSON. An index is a SQL column list, e.g. `station, logged_day desc, id`, or what
 * follows `create index on <table>`: `(district, logged_day) include (station)`, `using gin (grams)`.
 */
export type Table<Row> = {
  columns: { [Column in keyof Row & string]: ColumnType };
  key: (keyof Row & string)[];
  indexes?: string[];
  /**
   * Rows are kept as they were: each that an event changed or ended goes into a table beside, which has these indexes, with the
   * position of that event in `until`. So what holds now and what held then are found alike.
   */
  past?: { indexes: string[] };
};

/** What to add to one row of the tally table: the key's columns, numbers for its counters, texts for its lists. */
export type Increment<Key extends object, Counters extends object> = { key: Key; add: Partial<Counters> };

/**
 * A read model as two pure functions. `evolve` folds an event into the row it belongs to, `tally` turns the step a row
 * made into counters. The engine loads and writes rows in bulk and commits them with the checkpoint.
 * A changed shape or meaning is a new `version`: it is built beside the old one and takes over when it has caught up.
 */
export type Projection<
  Row extends object,
  Event extends DomainEvent,
  TallyKey extends object = never,
  Counters extends object = never,
> = {
  name: string;
  version: number;
  /** Streams that begin with one of these feed the projection. */
  streams: string[];
  table: Table<Row>;
  /** The key of the row an event belongs to: the first key column's value. */
  rowOf: (event: Recorded<Event>) => string;
  evolve: { [Type in Event['type']]: Evolve<Row, Extract<Event, { type: Type }>> };
  tally?: {
    key: { [Column in keyof TallyKey & string]: ColumnType };
    counters: (keyof Counters & string)[];
    /** Text columns: what is added is written behind what stands there. */
    lists?: (keyof Counters & string)[];
    indexes?: string[];
    of: (
      before: Row | undefined,
      after: Row | undefined,
      event: Recorded<Event>,
    ) => Increment<TallyKey, Counters>[];
  };
};

/** The row after the event; `undefined` in means there was none yet, the same row out means nothing changed. */
export type Evolve<Row, Event extends DomainEvent> = (
  row: Row | undefined,
  event: Recorded<Event>,
) => Row | undefined;

/** One event onto one row; event types the projection does not name leave the row as it is. */
export function project<Row extends object, Event extends DomainEvent>(
  projection: { evolve: { [Type in Event['type']]: Evolve<Row, Extract<Event, { type: Type }>> } },
  row: Row | undefined,
  event: Recorded<Event>,
): Row | undefined {
  const evolve = projection.evolve[event.type as Event['type']] as Evolve<Row, Event> | undefined;
  return evolve ? evolve(row, event) : row;
}
