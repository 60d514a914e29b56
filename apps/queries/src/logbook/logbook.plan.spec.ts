import {
  type Database,
  type EmbeddedPostgres,
  InMemoryFeed,
  openDatabase,
  runProjections,
  startEmbeddedPostgres,
} from '#read-store';
import type { Place } from '../paging.js';
import { logbookProjection } from './logbook.projection.js';
import type { LogbookQuery } from './logbook.query.js';
import { logbookStatement } from './logbook.statement.js';

// What a page costs must not grow with the logbook: every strand is the scan of an index that ends after a page. 30,000
// lines of ten stations, one in seven open, are enough for the planner to see it.
const lines = `
  insert into logbook_2
  select 'S' || n % 10 || '-' || n, 'S' || n % 10, t, t::date, 'walk-in', null, '居民' || n, null, null, null, null, null,
    '第' || n || '件', null, '[]', null, null, '张连生', 'resolved', n % 7 = 0, to_jsonb(array[n::text]), n, '第' || n || '件'
  from (select n, timestamptz '2020-01-01' + n * interval '1 hour' as t from generate_series(1, 30000) n) made`;

type Plan = {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Rows': number;
  'Rows Removed by Filter'?: number;
  Plans?: Plan[];
};

const page = 51;

const flat = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(flat)];

describe('the plan of a page of the logbook', () => {
  let postgres: EmbeddedPostgres;
  let database: Database;

  beforeAll(async () => {
    postgres = await startEmbeddedPostgres();
    database = openDatabase(postgres.connectionString, () => {});
    const log = { info: () => {}, warn: () => {}, error: () => {} };
    const projections = [logbookProjection];
    const running = runProjections({ projections, feed: new InMemoryFeed(), database, log });
    await running.servedWithin('logbook', 60_000);
    await running.stop();
    await database.query(lines);
    await database.query('analyze logbook_2');
  }, 60_000);
  afterAll(async () => {
    await database.end();
    await postgres.close();
  });

  async function nodes(query: LogbookQuery, place?: Place): Promise<Plan[]> {
    const station = { code: 'S0', time_zone: 'Asia/Shanghai' };
    const { text, values } = logbookStatement(station, query, place, page);
    const { rows } = await database.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
      `explain (analyze, format json) ${text}`,
      values,
    );
    const [
      {
        'QUERY PLAN': [{ Plan: plan }],
      },
    ] = rows as [(typeof rows)[0] & object];
    return flat(plan);
  }

  const middle = { at: '2021-09-15T00:00:00.000Z', id: 'S0-15000' };
  it.each<[string, LogbookQuery, Place | undefined]>([
    ['the newest', {}, undefined],
    ['further on', {}, middle],
    ['one day', { day: '2021-09-15' }, undefined],
    ['some days, further on', { from: '2021-01-01', to: '2022-01-01' }, middle],
    ['the open ones first', { sort: 'open-first' }, undefined],
    ['the open ones, further on', { sort: 'open-first' }, { ...middle, open: true, asOf: '29990' }],
    ['after the open ones', { sort: 'open-first' }, { ...middle, open: false, asOf: '29990' }],
  ])('is made of index scans that end after a page or two: %s', async (_, query, place) => {
    const scans = (await nodes(query, place)).filter((node) => node['Relation Name'] === 'logbook_2');
    expect(scans.length).toBeGreaterThan(0);
    for (const scan of scans) {
      expect(scan['Index Name'] ?? scan['Node Type']).toMatch(/^logbook_2_station/);
      expect(scan['Actual Rows'] + (scan['Rows Removed by Filter'] ?? 0)).toBeLessThanOrEqual(2 * page);
    }
  });
});
