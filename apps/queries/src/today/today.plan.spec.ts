import {
  type Database,
  type EmbeddedPostgres,
  InMemoryFeed,
  openDatabase,
  runProjections,
  startEmbeddedPostgres,
  tablesOf,
} from '#read-store';
import { requestProjection } from '../request/request.projection.js';
import { requestTable } from '../request/request.row.js';
import { lists, todayStatements } from './today.reader.js';

const table = tablesOf(requestProjection).rows;
const made: Record<string, string> = {
  id: `'S' || n % 10 || '-' || n`,
  station: `'S' || n % 10`,
  status: `case when n % 100 < 20 then 'assigned' else 'closed' end`,
  open: 'n % 100 < 20',
  logged_at: 't',
  logged_day: 't::date',
  resolved_at: 't',
  due_at: 'case when n % 100 < 20 then t end',
  callback_due: 'n % 100 > 90',
};
const zero: Record<string, string> = {
  text: `''`,
  boolean: 'false',
  integer: '0',
  bigint: '0',
  json: `'[]'`,
};
const columns = Object.entries(requestTable.columns as Record<string, string>);
// 30,000 requests of ten stations, a fifth of them open, are enough for the planner to see what a scan would cost.
const lines = `insert into ${table} (${columns.map(([name]) => name).join(', ')})
  select ${columns.map(([name, type]) => made[name] ?? zero[type] ?? 'null').join(', ')}
  from (select n, timestamptz '2020-01-01' + n * interval '1 hour' as t from generate_series(1, 30000) n) made`;

type Plan = { 'Node Type': string; 'Relation Name'?: string; 'Index Name'?: string; Plans?: Plan[] } & {
  'Actual Rows': number;
  'Rows Removed by Filter'?: number;
};
const flat = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(flat)];

describe('the plan of a list of today', () => {
  let postgres: EmbeddedPostgres;
  let database: Database;
  beforeAll(async () => {
    postgres = await startEmbeddedPostgres();
    database = openDatabase(postgres.connectionString, () => {});
    const log = { info: () => {}, warn: () => {}, error: () => {} };
    const running = runProjections({
      projections: [requestProjection],
      feed: new InMemoryFeed(),
      database,
      log,
    });
    await running.servedWithin('request', 60_000);
    await running.stop();
    await database.query(lines);
    await database.query(`vacuum analyze ${table}`);
  }, 60_000);
  afterAll(async () => {
    await database.end();
    await postgres.close();
  });

  const span = { day: '2021-06-01', now: '2021-06-01T02:00:00.000Z', end: '2021-06-01T16:00:00.000Z' };
  it.each(lists)('is a stretch of an index that ends with the list: %s', async (list) => {
    const { rows, values } = todayStatements(list, 'S0', span, 10);
    const answer = await database.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
      `explain (analyze, format json) ${rows}`,
      values,
    );
    const scans = answer.rows
      .flatMap((row) => flat(row['QUERY PLAN'][0].Plan))
      .filter((node) => node['Relation Name'] === table);
    expect(scans).toHaveLength(1);
    for (const scan of scans) {
      expect(scan['Node Type']).toMatch(/^Index/);
      expect(scan['Actual Rows'] + (scan['Rows Removed by Filter'] ?? 0)).toBeLessThanOrEqual(10);
    }
  });
});
