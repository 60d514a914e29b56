import { Injectable } from '@nestjs/common';
import { localDay } from '#calendar';
import type { Principal } from '#access';
import { type AsOf, type Connection, prepared, readAsOf, tablesOf } from '#read-store';
import { Conditions } from '../conditions.js';
import { ReadModels } from '../read-models.js';
import { withinScope } from '../scope.sql.js';
import { stationProjection } from '../station/station.projection.js';
import type { Measures } from './figures.js';
import { RunsMemory } from './runs.memory.js';
import { ageBounds } from './spreads.js';
import { type Basis, type Counts, counters } from './statistics.cells.js';
import { statisticsProjection } from './statistics.projection.js';
import { type Parted, runsOf, toldOf } from './statistics.runs.js';
import { type Span, spansOf } from './window.js';

type Named<Name extends string> = { [key in Name]: string };

/** The cells of a district in a window: its days as a whole, its categories and its stations. */
export type DistrictCells = {
  asOf: AsOf;
  days: (Named<'day'> & Measures)[];
  parts: (Named<'part' | 'member'> & Measures)[];
  stations: Named<'code' | 'name'>[];
  /** The day of `asOf` in the stations' zone, and what is open by age on it: see spreads.ts. */
  day: string | null;
  ages: { age: number; open: number }[];
};

export type StationTotals = {
  district: string;
  code: string;
  name: string | null;
  logged: number;
  resolved: number;
  open: number;
};

const usualZone = 'Asia/Shanghai'; // of a district whose stations were never opened
const cells = tablesOf(statisticsProjection).tally;
const stations = tablesOf(stationProjection).rows;
const projections: [typeof statisticsProjection, typeof stationProjection] = [
  statisticsProjection,
  stationProjection,
];

type Counted = Parted & Omit<Counts, 'responses' | 'resolutions'>;

const ofEach = `select start as day, part, member, ${toldOf} as told, ${counters.join(', ')} from ${cells}
  where basis = $1 and district = $2 and part = 'whole' and grain = 'day' and start between $3 and $4 and logged + merged + parts > 0
  order by start`;

// Whatever the basis: what is open has no day of closing.
const byAge = `select width_bucket($3::date - start, $4::integer[]) as age, sum(open)::integer as open from ${cells}
  where basis = 'creation' and district = $1 and part = 'whole' and grain = 'day' and start <= $2 and open > 0
  group by age`;

const inParts = `select part, member, string_agg(${toldOf}, ' ') as told,
    ${counters.map((name) => `sum(${name})::integer as ${name}`).join(', ')}
  from (values ('category'), ('station')) as shown (part)
    cross join unnest($3::text[], $4::date[], $5::date[]) as span (grain, first, last)
    join ${cells} using (part, grain)
  where basis = $1 and district = $2 and start between first and last
  group by part, member having sum(logged + merged + parts) > 0`;

@Injectable()
export class StatisticsReader {
  private readonly memory = new RunsMemory();

  constructor(private readonly models: ReadModels) {}

  /** What a district did in a window (days, both included); `undefined` where there is no such district. */
  async district(
    district: string,
    basis: Basis,
    { from, to }: { from: string; to: string },
  ): Promise<DistrictCells | undefined> {
    return readAsOf(this.models.database, projections, async (connection, asOf) => {
      const known = await stationsOf(connection, district);
      if (known.length === 0 && !(await hasRequests(connection, district))) return undefined;
      const days = await connection.query<Named<'day'> & Counted>(
        prepared(ofEach, [basis, district, from, to]),
      );
      const spans = spansOf(from, to);
      const column = (name: keyof Span) => spans.map((span) => span[name]);
      const parts = await connection.query<Counted>(
        prepared(inParts, [basis, district, column('grain'), column('first'), column('last')]),
      );
      const day = asOf.recordedAt && localDay(asOf.recordedAt, known[0]?.time_zone ?? usualZone);
      const ages = await connection.query<DistrictCells['ages'][number]>(
        prepared(byAge, [district, to, day, ageBounds]),
      );
      const rows = [...days.rows, ...parts.rows];
      const runs = await runsOf(this.memory, { connection, table: cells, basis, district }, rows);
      const measured = <Row extends Counted>(row: Row, index: number) => ({
        ...row,
        responses: (runs[index] ?? []).map(({ responses }) => responses),
        resolutions: (runs[index] ?? []).map(({ resolutions }) => resolutions),
      });
      return {
        asOf,
        days: days.rows.map(measured),
        parts: parts.rows.map((row, index) => measured(row, days.rows.length + index)),
        stations: known,
        day,
        ages: ages.rows,
      };
    });
  }

  /** Every station the principal answers for, with all it has ever logged. */
  async totals(principal: Principal): Promise<{ asOf: AsOf; totals: StationTotals[] }> {
    const within = new Conditions();
    withinScope(within, principal, 'read-statistics', 's');
    return readAsOf(this.models.database, projections, async (connection, asOf) => {
      const { rows } = await connection.query<StationTotals>(
        `select s.district, s.code, s.name,
           coalesce(logged, 0) as logged, coalesce(resolved, 0) as resolved, coalesce(open, 0) as open
         from (${everyStation}) s ${within.where} order by s.district, s.code`,
        within.values,
      );
      return { asOf, totals: rows };
    });
  }
}

// A scope may name a station's community or street, which is known of those that were opened.
const everyStation = `select coalesce(o.district, c.district) as district, coalesce(o.code, c.member) as code,
    o.code as station, o.name, o.community, o.street, c.logged, c.resolved, c.open
  from ${stations} o full join (
    select district, member, sum(logged)::integer as logged, sum(resolved)::integer as resolved, sum(open)::integer as open
    from ${cells} where basis = 'creation' and part = 'station' and grain = 'month'
    group by district, member having sum(logged) > 0
  ) c on c.member = o.code and c.district = o.district`;

async function stationsOf(
  connection: Connection,
  district: string,
): Promise<Named<'code' | 'name' | 'time_zone'>[]> {
  const { rows } = await connection.query<Named<'code' | 'name' | 'time_zone'>>(
    prepared(`select code, name, time_zone from ${stations} where district = $1 order by code`, [district]),
  );
  return rows;
}

async function hasRequests(connection: Connection, district: string): Promise<boolean> {
  const { rowCount } = await connection.query(
    `select from ${cells} where basis = 'creation' and part = 'station' and grain = 'month' and district = $1
     and logged > 0 limit 1`,
    [district],
  );
  return rowCount === 1;
}
