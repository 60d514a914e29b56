import type { CalendarYear, DaysOff, WorkingHours } from './calendar.events.js';
import { type Day, isDay, isWeekend, yearOf } from './day.js';

/** What is wrong with one field, e.g. `daysOff.2.to`; `fault` is a stable kebab-case reason. */
export type CalendarFault = { field: string; fault: string };

/** What cannot be in a calendar; nothing where it can. */
export function calendarFaults({ year, daysOff, makeUpDays, workingHours }: CalendarYear): CalendarFault[] {
  const taken = new Set<Day>();
  const twice = (day: Day) => taken.size === taken.add(day).size;
  return [
    ...daysOff.flatMap((off, index) => {
      const field = `daysOff.${index}`;
      const fault = spanFault(off, year);
      if (fault) return [{ field: `${field}.${fault.end}`, fault: fault.fault }];
      return daysOf(off).some(twice) ? [{ field, fault: 'day-named-twice' }] : [];
    }),
    ...makeUpDays.flatMap(({ day }, index) => {
      const field = `makeUpDays.${index}.day`;
      if (!isDay(day)) return [{ field, fault: 'no-such-day' }];
      if (yearOf(day) !== year) return [{ field, fault: 'day-of-another-year' }];
      if (!isWeekend(day)) return [{ field, fault: 'works-anyway' }];
      return twice(day) ? [{ field, fault: 'day-named-twice' }] : [];
    }),
    ...(workingHours && !inOrder(workingHours)
      ? [{ field: 'workingHours', fault: 'hours-not-in-order' }]
      : []),
  ];
}

/** Every day of a span. */
export function daysOf({ from, to }: Pick<DaysOff, 'from' | 'to'>): Day[] {
  const days: Day[] = [];
  const last = Date.parse(to);
  for (let ms = Date.parse(from); ms <= last; ms += 86_400_000) {
    days.push(new Date(ms).toISOString().slice(0, 10));
  }
  return days;
}

function spanFault({ from, to }: DaysOff, year: number): { end: 'from' | 'to'; fault: string } | undefined {
  for (const [end, day] of [
    ['from', from],
    ['to', to],
  ] as const) {
    if (!isDay(day)) return { end, fault: 'no-such-day' };
    if (yearOf(day) !== year) return { end, fault: 'day-of-another-year' };
  }
  return from > to ? { end: 'to', fault: 'ends-before-it-begins' } : undefined;
}

const clock = /^([01]\d|2[0-3]):[0-5]\d$/;
const inOrder = ({ from, to }: WorkingHours): boolean => clock.test(from) && clock.test(to) && from < to;
