import { remembered } from './remembered.js';

/** A day of the calendar, `yyyy-mm-dd`. */
export type Day = string;

const oneDay = 86_400_000; // milliseconds

const utc = (day: Day): Date => new Date(`${day}T00:00:00Z`);
const start = remembered((day: Day) => utc(day).getTime());
const dayAt = remembered((midnight: number) => new Date(midnight).toISOString().slice(0, 10));

/** `count` days later, or earlier where it is negative. */
export const daysAfter = (day: Day, count: number): Day => dayAt(start(day) + count * oneDay);

export const isWeekend = remembered((day: Day) => [0, 6].includes(utc(day).getUTCDay()));

export const yearOf = (day: Day): number => Number(day.slice(0, 4));

// There is no year 0, in PostgreSQL neither.
const written = /^(?!0000)\d{4}-\d\d-\d\d$/;
const zoned = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

/** Whether it is a day that there is: not the 30th of February. */
export function isDay(text: unknown): text is Day {
  if (typeof text !== 'string' || !written.test(text)) return false;
  const day = utc(text);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** Whether it is an instant with its zone (ISO 8601), on a day that there is: `Date.parse` makes 2 March of 30 February. */
export function isInstant(text: unknown): text is string {
  if (typeof text !== 'string' || !zoned.test(text)) return false;
  return isDay(text.slice(0, 10)) && !Number.isNaN(Date.parse(text));
}
