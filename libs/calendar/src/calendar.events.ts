import type { Day } from './day.js';

/** Days without work, the first and the last included, e.g. 国庆节. */
export type DaysOff = { from: Day; to: Day; name: string };
/** 调休: a Saturday or Sunday on which people work. */
export type MakeUpDay = { day: Day; name: string };
/** Local times, `09:00` to `17:30`. */
export type WorkingHours = { from: string; to: string };

/** How a year differs from Monday to Friday around the clock. */
export type CalendarYear = {
  year: number;
  daysOff: DaysOff[];
  makeUpDays: MakeUpDay[];
  workingHours: WorkingHours | null;
};

// This type name and shape are stored for ever. Add optional fields freely; anything else goes through
// calendar.upcast.ts.
export type CalendarEvent = {
  type: 'CalendarPublished';
  data: { version: number; note: string | null } & CalendarYear;
};

/** The calendar that every district's own is laid over. */
export const nationalCalendar = 'default';

/** A calendar lives in a stream of its own: `calendar-default`, and `calendar-<district>` for what a district adds. */
export const calendarStream = (code: string): string => `calendar-${code}`;
