import type { ColumnType, Projection } from '#event-sourcing';

/** Any projection; the engine does not look into rows and events. */
export type AnyProjection = Projection<any, any, any, any>; // oxlint-disable-line typescript/no-explicit-any

const spelling: Record<ColumnType, string> = {
  text: 'text',
  integer: 'integer',
  bigint: 'bigint',
  double: 'double precision',
  boolean: 'boolean',
  timestamp: 'timestamptz',
  date: 'date',
  json: 'jsonb',
};

/** The tables of one build of a projection: the served one, or the one that is built beside it. */
export type Tables = { rows: string; tally: string; past: string; checkpoint: string };

/** `<name>_<version>`; column lists and statements are made of trusted names only. */
export function tablesOf({ name, version }: AnyProjection, suffix = ''): Tables {
  const rows = `${identifier(name)}_${version}${suffix}`;
  return { rows, tally: `${rows}_tally`, past: `${rows}_past`, checkpoint: `${name}@${version}${suffix}` };
}

/** The columns of a row, for `select ${columnNames(projection, 'r')} from …`: drivers give what the row's type says. */
export function columnNames(
  { table }: AnyProjection,
  alias: string,
  without: readonly string[] = [],
): string {
  return Object.keys(table.columns)
    .filter((column) => !without.includes(column))
    .map((column) => `${alias}.${identifier(column)}`)
    .join(', ');
}

// The columns as the row's JSON has them.
function selection({ table }: AnyProjection): string {
  return Object.entries(table.columns as Record<string, ColumnType>)
    .map(([column, type]) => readable(identifier(column), type))
    .join(', ');
}

// `json_agg` would print instants with an offset and numbers beyond 2^53 as such; evolve sees the JSON it made.
function readable(column: string, type: ColumnType): string {
  if (type === 'bigint') return `${column}::text as ${column}`;
  if (type !== 'timestamp') return column;
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as ${column}`;
}

export function createTables({ table, tally }: AnyProjection, { rows, tally: sums, past }: Tables): string[] {
  // Pages keep room for the next version of a row, which then needs no new index entries.
  const statements = [
    `create table ${rows} (${columns(table.columns)}, primary key (${list(table.key)})) with (fillfactor = 80)`,
  ];
  if (tally) {
    const counters = tally.counters.map(
      (counter: string) => `${identifier(counter)} integer not null default 0`,
    );
    const lists = (tally.lists ?? []).map((name: string) => `${identifier(name)} text not null default ''`);
    statements.push(
      `create table ${sums} (${columns(tally.key)}, ${[...counters, ...lists].join(', ')},
       primary key (${list(Object.keys(tally.key))})) with (fillfactor = 80)`,
    );
  }
  if (table.past) {
    statements.push(
      `create table ${past} (${columns(table.columns)}, until bigint, primary key (${list(table.key)}, until))`,
    );
  }
  return statements;
}

/** What is only needed to read; a rebuild makes it last. */
export function createIndexes(
  { table, tally }: AnyProjection,
  { rows, tally: sums, past }: Tables,
): string[] {
  return [
    ...(table.indexes ?? []).map((index: string) => `create index on ${rows} ${definition(index)}`),
    ...(tally?.indexes ?? []).map((index: string) => `create index on ${sums} ${definition(index)}`),
    ...(table.past?.indexes ?? []).map((index: string) => `create index on ${past} ${definition(index)}`),
  ];
}

export function dropTables({ rows, tally, past }: Tables): string {
  return `drop table if exists ${rows}, ${tally}, ${past}`;
}

export type Statements = {
  /** $1: keys. One JSON array of rows. */
  load: string;
  /** $1: JSON array of rows. */
  write: string;
  /** $1: keys. */
  remove: string;
  /** $1: JSON array of keys with increments; absent without tally. */
  add: string | undefined;
  /** $1: JSON array of rows as they were, with `until`; absent where the past is not kept. */
  keep: string | undefined;
};

/** Built once for each projection: the same few texts for any batch. */
export function statementsOf(projection: AnyProjection, { rows, tally: sums, past }: Tables): Statements {
  const { table, tally } = projection;
  const first = identifier(table.key[0] as string);
  const all = list(Object.keys(table.columns));
  const others = Object.keys(table.columns).filter((column) => !table.key.includes(column));
  const replaced = others.map((column) => `${identifier(column)} = excluded.${identifier(column)}`);
  return {
    load: `select coalesce(json_agg(found), '[]') as rows
      from (select ${selection(projection)} from ${rows} where ${first} = any($1)) found`,
    write: `insert into ${rows} (${all}) select ${all} from json_populate_recordset(null::${rows}, $1::json)
      on conflict (${list(table.key)}) do ${replaced.length > 0 ? `update set ${replaced.join(', ')}` : 'nothing'}`,
    remove: `delete from ${rows} where ${first} = any($1)`,
    add: tally && addition(sums, tally),
    keep: table.past && `insert into ${past} select * from json_populate_recordset(null::${past}, $1::json)`,
  };
}

function addition(
  sums: string,
  { key: types, counters, lists = [] }: NonNullable<AnyProjection['tally']>,
): string {
  const key = Object.keys(types);
  const columns = list([...key, ...counters, ...lists]);
  const added = [
    ...counters.map(identifier).map((counter) => `${counter} = total.${counter} + excluded.${counter}`),
    ...lists.map(identifier).map((name) => `${name} = total.${name} || excluded.${name}`),
  ];
  return `insert into ${sums} as total (${columns})
    select ${columns} from json_populate_recordset(null::${sums}, $1::json)
    on conflict (${list(key)}) do update set ${added.join(', ')}`;
}

const columns = (types: Record<string, ColumnType>): string =>
  Object.entries(types)
    .map(([column, type]) => `${identifier(column)} ${spelling[type]}`)
    .join(', ');

const list = (names: string[]): string => names.map(identifier).join(', ');

// A column list needs parentheses; `using gin (…)` and `(…) include (…)` bring their own.
const definition = (index: string): string => (/^(\(|using )/.test(index) ? index : `(${index})`);

function identifier(name: string): string {
  if (!/^[a-z][a-z0-9_]{0,40}$/.test(name)) throw new Error(`${name} is not a name for a table or column`);
  return name;
}
