import { columnNames, tablesOf } from '#read-store';
import { asOf } from '../as-of.js';
import { Conditions, containing } from '../conditions.js';
import type { Place } from '../paging.js';
import type { StationRow } from '../station/station.projection.js';
import { logbookProjection } from './logbook.projection.js';
import { type LogbookQuery, daysOf } from './logbook.query.js';
import { findingColumns } from './logbook.row.js';

const source = `${tablesOf(logbookProjection).rows} r`;
const columns = columnNames(logbookProjection, 'r', findingColumns);
const order = 'rank, logged_at desc, id desc';

/** Lines that one index gives in their order. Those of rank 0 stand before those of rank 1. */
type Strand = { rank: 0 | 1; where: string };

/**
 * A page of a station's logbook and the position it is of, in one statement: `rows` lines beyond the place. Each strand is
 * the scan of an index that ends after a page; a spec holds the plan to that.
 */
export function logbookStatement(
  { code, time_zone }: Pick<StationRow, 'code' | 'time_zone'>,
  query: LogbookQuery,
  place: Place | undefined,
  rows: number,
): { text: string; values: unknown[] } {
  const { from, to } = daysOf(query);
  const conditions = new Conditions().equal('r.station', code);
  // The zone of a station never changes, so its days are spans of the time that the index is sorted by.
  const midnight = (day: string) => `(${day})::timestamp at time zone ${conditions.value(time_zone)}`;
  conditions
    .and(from, (day) => `r.logged_at >= ${midnight(`${day}::date`)}`)
    .and(to, (day) => `r.logged_at < ${midnight(`${day}::date + 1`)}`)
    .and(query.text && containing(query.text.toLowerCase()), (text) => `r.words like ${text}`);
  const value = (one: unknown) => conditions.value(one);
  const beyond = place && `and (r.logged_at, r.id) < (${value(place.at)}::timestamptz, ${value(place.id)})`;
  const all = query.sort === 'open-first' ? openFirst(place, value) : newestFirst;
  const page = all.map(
    ({ rank, where }) => `(select ${rank} as rank, ${columns} from ${source} ${conditions.where} and ${where}
      ${(rank === all[0]?.rank && beyond) || ''} order by r.logged_at desc, r.id desc limit ${rows})`,
  );
  return {
    text: `select p.*, line.* from ${asOf(logbookProjection)} p left join lateral
      (select * from (${page.join(' union all ')}) page order by ${order} limit ${rows}) line on true order by ${order}`,
    values: conditions.values,
  };
}

const newestFirst: Strand[] = [{ rank: 0, where: 'true' }];

/**
 * A line that is ended or opened again while somebody turns the pages stays where it stood on the first one: else it would
 * come twice, or never. What has turned since then is told from its turns; there is never much of it.
 */
function openFirst(place: Place | undefined, value: (value: unknown) => string): Strand[] {
  if (place?.asOf === undefined) {
    return [
      { rank: 0, where: 'r.open' },
      { rank: 1, where: 'not r.open' },
    ];
  }
  const position = `${value(place.asOf)}::bigint`;
  const turns = `(select count(*) from jsonb_array_elements_text(r.turns) turn where turn::bigint <= ${position})`;
  const ended: Strand[] = [
    { rank: 1, where: `not r.open and r.turned <= ${position}` },
    { rank: 1, where: `r.turned > ${position} and ${turns} > 0 and ${turns} % 2 = 0` },
  ];
  if (!place.open) return ended;
  return [
    { rank: 0, where: `r.open and r.turned <= ${position}` },
    { rank: 0, where: `r.turned > ${position} and ${turns} % 2 = 1` },
    ...ended,
  ];
}
