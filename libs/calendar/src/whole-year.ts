import type { WorkingHours } from './calendar.events.js';
import { daysAfter } from './day.js';
import { type WorkCalendar, hoursSaid } from './work-calendar.js';
import { type NotableDays, between, notableDays } from './working-days.js';

/** A year as it is counted with: what is notable in it, how many days are worked, and when. */
export function yearIn(
  calendar: WorkCalendar,
  year: number,
): { notable: NotableDays[]; workingDays: number; workingHours: WorkingHours | null } {
  const before = daysAfter(`${year}-01-01`, -1);
  return {
    notable: notableDays(calendar, before, `${year}-12-31`),
    workingDays: between(calendar, before, `${year}-12-31`),
    workingHours: hoursSaid(calendar, year),
  };
}
