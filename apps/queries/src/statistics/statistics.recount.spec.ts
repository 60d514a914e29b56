import * as fc from 'fast-check';
import { Rejection } from '#event-sourcing';
import type { Feed } from '#event-store';
import {
  type Database,
  type EmbeddedPostgres,
  columnNames,
  openDatabase,
  runProjections,
  startEmbeddedPostgres,
  tablesOf,
} from '#read-store';
import type { RequestCommand } from '#requests';
import { Town, contractor, property } from '../spec/town.js';
import { durationsIn, tenthsBetween } from './durations.js';
import { type Counts, bases } from './statistics.cells.js';
import { statisticsProjection } from './statistics.projection.js';
import type { StatisticsRow } from './statistics.row.js';

const commands: RequestCommand[] = [
  { type: 'Assign', data: { to: property } },
  { type: 'Assign', data: { to: contractor, makeLead: true } },
  { type: 'Accept', data: {} },
  { type: 'Return', data: { reason: '不属于物业' } },
  { type: 'Claim', data: { by: contractor } },
  { type: 'RecordProgress', data: { note: '已撒盐', at: '2026-11-22T01:30:00.000Z' } },
  { type: 'Resolve', data: { outcome: '已清理' } },
  { type: 'Close', data: {} },
  { type: 'Reopen', data: { reason: '又结冰了' } },
  { type: 'RecordCallback', data: { contacted: true, resolved: 'no', at: '2026-11-22T01:30:00.000Z' } },
  { type: 'Escalate', data: { to: 'community', reason: '没有人手' } },
  { type: 'Recategorise', data: { category: '道路' } },
  { type: 'Recategorise', data: { category: '照明' } },
  { type: 'Correct', data: { changes: { summary: '6号楼' }, reason: '记错' } },
  {
    type: 'MergeInto',
    data: {
      into: 'YFXJ-260101-M4YBZ',
      target: { status: 'accepted', district: '海淀区', partOf: null, mergedInto: null },
      reason: '同一处',
    },
  },
  { type: 'Unmerge', data: { reason: '不是一处', callbacks: [] } },
  { type: 'Withdraw', data: { reason: '好了' } },
  { type: 'Exclude', data: { approver: '王书记', reason: '重复' } },
];
// The ends come rarely, else no life would last.
const weight = (type: string) => (type === 'Withdraw' || type === 'Exclude' ? 1 : 6);
const command = fc.oneof(
  ...commands.map((some) => ({ arbitrary: fc.constant(some), weight: weight(some.type) })),
);
const stations = ['YFXJ', 'ZGC2', 'CYMN'];
const told = fc.array(fc.record({ request: fc.nat(5), command, minute: fc.nat(90 * 24 * 60) }), {
  minLength: 30,
  maxLength: 80,
  size: 'max',
});
const instant = (minute: number) => new Date(Date.UTC(2026, 0, 1) + minute * 60_000).toISOString();

type Told = { request: number; command: RequestCommand; minute: number };

/** With something of everything that is counted: chance alone leaves one or another out now and then. */
function everything(): Told[] {
  const closing = ['Assign', 'Accept', 'Resolve', 'Close'];
  const lives: Record<number, string[]> = {
    0: [...closing, 'Reopen'],
    1: ['MergeInto'],
    3: closing,
    5: ['Assign'],
  };
  return Object.entries(lives).flatMap(([request, types]) =>
    types.map((type, hour) => ({
      request: Number(request),
      command: commands.find((known) => known.type === type) as RequestCommand,
      minute: Number(request) * 24 * 60 + hour * 60,
    })),
  );
}

async function townOf(steps: readonly Told[]): Promise<Town> {
  const town = new Town();
  await town.open('YFXJ');
  await town.open('ZGC2', { community: '中关村社区' });
  await town.open('CYMN', { district: '朝阳区' }, 'America/New_York');
  const ids: string[] = [];
  for (const { request, command, minute } of steps) {
    const category = request % 3 === 0 ? {} : { category: '道路' };
    const part = request === 5 ? { partOf: 'CYMN-260101-M4YBZ' } : {};
    ids[request] ??= await town.log(stations[request % 3] as string, instant(minute), {
      ...category,
      ...part,
    });
    await town.act(ids[request], instant(minute), command).catch((error: unknown) => {
      if (!(error instanceof Rejection)) throw error;
    });
  }
  return town;
}

/** What came last comes again, as after a broken connection. */
const repeating = (feed: Feed): Feed => ({
  async *subscribe(options) {
    const last = [];
    for await (const delivery of feed.subscribe(options)) {
      yield delivery;
      if (delivery.kind === 'event' && last.push(delivery) % 4 === 0) yield* last.slice(-4);
    }
  },
});

type Cell = Omit<Counts, 'responses' | 'resolutions'> & { responses: number[]; resolutions: number[] };
const ascending = (values: Iterable<number>) => [...values].sort((one, other) => one - other);

/** The cells as anybody would count them, from the rows alone. */
function recount(rows: StatisticsRow[]): Map<string, Cell> {
  const cells = new Map<string, Cell>();
  for (const row of rows) {
    for (const basis of bases) {
      const day = basis === 'creation' ? row.logged_day : row.closed_day;
      if (!day) continue;
      const month = `${day.slice(0, 7)}-01`;
      for (const [part, grain, start, member] of [
        ['whole', 'day', day, ''],
        ['category', 'day', day, row.category ?? ''],
        ['category', 'month', month, row.category ?? ''],
        ['station', 'day', day, row.station],
        ['station', 'month', month, row.station],
      ]) {
        const key = [basis, row.district, part, grain, start, member].join('|');
        const cell = cells.get(key) ?? empty();
        cells.set(key, cell);
        count(cell, row);
      }
    }
  }
  return new Map([...cells].map(([key, cell]) => [key, sorted(cell)]));
}

const open = ['logged', 'returned', 'assigned', 'accepted', 'reopened'];

function count(cell: Cell, row: StatisticsRow): void {
  const { status, logged_at: logged, first_response_at: responded, resolved_at: resolved } = row;
  cell.parts += Number(row.part);
  cell.merged += Number(!row.part && status === 'merged');
  if (row.part || status === 'merged') return;
  cell.logged += 1;
  cell.resolved += Number(['resolved', 'closed'].includes(status));
  cell.open += Number(open.includes(status));
  cell.withdrawn += Number(status === 'withdrawn');
  cell.excluded += Number(status === 'excluded');
  cell.escalated += Number(row.escalated);
  cell.returned += Number(row.returned);
  cell.reopened += Number(row.reopened);
  if (status === 'excluded') return;
  if (responded) cell.responses.push(tenthsBetween(logged, responded));
  if (resolved) cell.resolutions.push(tenthsBetween(logged, resolved));
}

const empty = (): Cell => ({
  logged: 0,
  resolved: 0,
  open: 0,
  withdrawn: 0,
  excluded: 0,
  escalated: 0,
  returned: 0,
  reopened: 0,
  merged: 0,
  parts: 0,
  responses: [],
  resolutions: [],
});
const sorted = (cell: Cell): Cell => ({
  ...cell,
  responses: ascending(cell.responses),
  resolutions: ascending(cell.resolutions),
});

describe('whatever becomes of the requests', () => {
  let postgres: EmbeddedPostgres;
  let database: Database;
  const { rows: table, tally } = tablesOf(statisticsProjection);

  beforeAll(async () => {
    postgres = await startEmbeddedPostgres();
    database = openDatabase(postgres.connectionString, () => {});
  }, 180_000);
  afterAll(async () => {
    await database.end();
    await postgres.close();
  });

  const counted = async (): Promise<Map<string, Cell>> => {
    const { rows } = await database.query<Counts & Record<string, string>>(`select * from ${tally}`);
    return new Map(
      rows.map(({ basis, district, part, grain, start, member, responses, resolutions, ...counters }) => [
        [basis, district, part, grain, start, member].join('|'),
        sorted({
          ...(counters as Omit<Counts, 'responses' | 'resolutions'>),
          responses: [...durationsIn(responses)],
          resolutions: [...durationsIn(resolutions)],
        }),
      ]),
    );
  };

  it('every cell is what a count over the rows gives, also when events come twice', async () => {
    const silent = { info: () => {}, warn: () => {}, error: () => {} };
    const numbers = { closings: 0, takenBack: 0, emptied: 0, merged: 0, parts: 0 };
    await fc.assert(
      fc.asyncProperty(told, fc.integer({ min: 1, max: 40 }), async (steps, batchLimit) => {
        await database.query('drop schema public cascade; create schema public');
        const town = await townOf(steps);
        const running = runProjections({
          projections: [statisticsProjection],
          feed: repeating(town.store),
          database,
          log: silent,
          batchLimit,
        });
        expect(
          await running.waitFor('statistics', { position: town.position, stream: 'everything' }, 60_000),
        ).toBe(true);
        await running.stop();
        const { rows } = await database.query<StatisticsRow>(
          `select ${columnNames(statisticsProjection, 'r')} from ${table} r`,
        );
        const cells = await counted();
        const right = recount(rows);
        for (const [key, cell] of cells) {
          expect([key, cell]).toEqual([key, right.get(key) ?? empty()]);
          if (key.startsWith('closing')) numbers.closings += cell.logged;
          if (cell.logged === 0) numbers.emptied += 1;
          numbers.merged += cell.merged;
          numbers.parts += cell.parts;
        }
        expect([...right.keys()].filter((key) => !cells.has(key))).toEqual([]);
        const whole = [...cells].filter(([key]) => key.startsWith('creation') && key.includes('|whole|'));
        const all = whole.reduce((sum, [, { logged, merged, parts }]) => sum + logged + merged + parts, 0);
        expect(all).toBe(rows.length);
        const lists = await database.query(`select from ${tally} where resolutions like '%-%'`);
        numbers.takenBack += lists.rowCount ?? 0;
      }),
      { numRuns: 20, examples: [[everything(), 1]] },
    );
    // So that the rest says something.
    expect(Object.entries(numbers).filter(([, number]) => number === 0)).toEqual([]);
  }, 180_000);
});
