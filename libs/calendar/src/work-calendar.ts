import { daysOf } from './calendar.check.js';
import type { CalendarState } from './calendar.decider.js';
import { type CalendarYear, type WorkingHours, nationalCalendar } from './calendar.events.js';
import { type Day, isWeekend, yearOf } from './day.js';
import { shippedYear } from './national.years.js';

/** What a day is, and why. */
export type DayKind = 'workday' | 'weekend' | 'day-off' | 'make-up-day';

/** The days of a district: the nation's, and what the district publishes laid over them. Plain data. */
export type WorkCalendar = {
  /** Which publications it is made of: `default@0`, or `default@1+海淀区@2`; 0 is what comes with the program. */
  version: string;
  national: Readonly<Record<number, CalendarYear>>;
  district: Readonly<Record<number, CalendarYear>>;
};

/** The calendar with nothing published: the years that come with the program. */
export const shippedCalendar: WorkCalendar = { version: `${nationalCalendar}@0`, national: {}, district: {} };

export function workCalendar(
  national: CalendarState,
  district?: { code: string } & CalendarState,
): WorkCalendar {
  const own = district && district.version > 0 ? `+${district.code}@${district.version}` : '';
  return {
    version: `${nationalCalendar}@${national.version}${own}`,
    national: national.years,
    district: district?.years ?? {},
  };
}

/** Whether the nation's calendar of a year is known: the days of any other are a guess. */
export const isPublished = (calendar: WorkCalendar, year: number): boolean =>
  nationalYear(calendar, year) !== undefined;

/** What a day is, and the name of the occasion where it has one. */
export function dayKind(calendar: WorkCalendar, day: Day): { kind: DayKind; name: string | null } {
  const year = yearOf(day);
  const layers = [calendar.district[year], nationalYear(calendar, year)];
  for (const layer of layers) {
    const named = layer && indexOf(layer).get(day);
    if (named) return named;
  }
  return { kind: isWeekend(day) ? 'weekend' : 'workday', name: null };
}

export function works(calendar: WorkCalendar, day: Day): boolean {
  const { kind } = dayKind(calendar, day);
  return kind === 'workday' || kind === 'make-up-day';
}

/** The working hours of a day, in milliseconds since its midnight: the whole day where nobody has said. */
export function hoursOf(calendar: WorkCalendar, day: Day): { begin: number; end: number } {
  const hours = hoursSaid(calendar, yearOf(day));
  return hours ? { begin: ms(hours.from), end: ms(hours.to) } : { begin: 0, end: 86_400_000 };
}

/** The working hours of a year, the district's before the nation's. */
export const hoursSaid = (calendar: WorkCalendar, year: number): WorkingHours | null =>
  calendar.district[year]?.workingHours ?? nationalYear(calendar, year)?.workingHours ?? null;

const nationalYear = (calendar: WorkCalendar, year: number): CalendarYear | undefined =>
  calendar.national[year] ?? shippedYear(year);

const ms = (clock: WorkingHours['from']): number => Date.parse(`1970-01-01T${clock}:00Z`);

type Named = { kind: DayKind; name: string };
const indices = new WeakMap<CalendarYear, Map<Day, Named>>();

function indexOf(year: CalendarYear): Map<Day, Named> {
  let index = indices.get(year);
  if (!index) {
    index = new Map<Day, Named>([
      ...year.daysOff.flatMap((off) =>
        daysOf(off).map((day): [Day, Named] => [day, { kind: 'day-off', name: off.name }]),
      ),
      ...year.makeUpDays.map(({ day, name }): [Day, Named] => [day, { kind: 'make-up-day', name }]),
    ]);
    indices.set(year, index);
  }
  return index;
}
