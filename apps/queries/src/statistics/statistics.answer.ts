import { figuresOf, sumOf } from './figures.js';
import { openByAge, resolvedByHours } from './spreads.js';
import type { DistrictCells, StationTotals } from './statistics.reader.js';
import type { DistrictCounts, DistrictStatistics, StationFigures, WindowView } from './statistics.view.js';

/** The whole is the sum of the days: the same requests that categories and stations share out among them. */
export function districtStatistics(
  district: string,
  window: WindowView,
  { asOf, days, parts, stations, day, ages }: DistrictCells,
): DistrictStatistics {
  const whole = sumOf(days);
  return {
    district,
    window,
    asOf,
    whole: figuresOf(whole),
    byCategory: parts
      .filter(({ part }) => part === 'category')
      .sort((one, other) => last(one) - last(other) || other.logged - one.logged || order(one, other))
      .map(({ member, ...counts }) => ({
        category: member === '' ? 'unlisted' : member,
        listed: member !== '',
        ...figuresOf(counts),
      })),
    byDay: days.map((cell) => ({ day: cell.day, ...figuresOf(cell) })),
    byStation: byStation(parts, stations),
    openByAge: openByAge(day, ages),
    resolvedByHours: resolvedByHours(whole.resolutions),
  };
}

type Parts = DistrictCells['parts'];

// The same as-of, the same bytes: nothing is left to the order in which the database finds it.
const order = (one: Parts[number], other: Parts[number]): number => (one.member < other.member ? -1 : 1);
const last = ({ member }: Parts[number]): number => Number(member === '');

function byStation(parts: Parts, stations: DistrictCells['stations']): StationFigures[] {
  const cells = new Map(
    parts.filter(({ part }) => part === 'station').map((cell) => [cell.member, cell] as const),
  );
  const listed = stations.map(({ code, name }) => {
    const cell = cells.get(code);
    cells.delete(code);
    return { station: code, name, listed: true, ...figuresOf(cell ?? sumOf([])) };
  });
  const unlisted = [...cells.values()]
    .sort(order)
    .map((cell) => ({ station: cell.member, name: null, listed: false, ...figuresOf(cell) }));
  return [...listed, ...unlisted];
}

/** Stations, in order of district and code, under their districts. */
export function districtCounts(totals: StationTotals[]): DistrictCounts[] {
  const districts = Map.groupBy(totals, ({ district }) => district);
  return [...districts].map(([district, stations]) => {
    const sum = (counter: 'logged' | 'resolved' | 'open') =>
      stations.reduce((total, station) => total + station[counter], 0);
    return {
      district,
      logged: sum('logged'),
      resolved: sum('resolved'),
      open: sum('open'),
      stations: stations.map(({ code, name, logged, resolved, open }) => ({
        code,
        name,
        listed: name !== null,
        logged,
        resolved,
        open,
      })),
    };
  });
}
