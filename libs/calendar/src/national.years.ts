import chineseDays from 'chinese-days';
import type { CalendarYear, DaysOff, MakeUpDay } from './calendar.events.js';
import { type Day, daysAfter, isWeekend } from './day.js';

// oxlint-disable-next-line import/no-named-as-default-member -- a CommonJS module: Node finds no names in it
const { getDayDetail } = chineseDays;

// The years that chinese-days 1.5.7 has been told of. Of any other it says Monday to Friday, as if it knew.
const first = 2004;
const last = 2026;

/** The years whose calendar comes with the program; the State Council publishes the next one every November. */
export const shippedYears: readonly number[] = Array.from(
  { length: last - first + 1 },
  (_, index) => first + index,
);

const made = new Map<number, CalendarYear>();

/** A year as the State Council published it; `undefined` where that is not known here. */
export function shippedYear(year: number): CalendarYear | undefined {
  if (year < first || year > last) return undefined;
  let known = made.get(year);
  if (!known) made.set(year, (known = readYear(year)));
  return known;
}

function readYear(year: number): CalendarYear {
  const daysOff: DaysOff[] = [];
  const makeUpDays: MakeUpDay[] = [];
  for (let day: Day = `${year}-01-01`; day.startsWith(String(year)); day = daysAfter(day, 1)) {
    const { work, name: said } = getDayDetail(day);
    const name = said.split(',')[1]; // `National Day,国庆节,3`; a weekday has its own name only
    if (name === undefined) continue;
    if (!work) extend(daysOff, day, name);
    else if (isWeekend(day)) makeUpDays.push({ day, name });
  }
  return { year, daysOff, makeUpDays, workingHours: null };
}

function extend(spans: DaysOff[], day: Day, name: string): void {
  const span = spans.at(-1);
  if (span?.name === name && daysAfter(span.to, 1) === day) span.to = day;
  else spans.push({ from: day, to: day, name });
}
