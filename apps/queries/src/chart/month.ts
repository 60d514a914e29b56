import { wallClock } from '#calendar';

/** A month of the calendar with its days, the first one first. */
export type Month = { year: number; month: number; days: string[] };

/** `2026-11` */
export const monthForm = /^(?!0000)\d{4}-(0[1-9]|1[0-2])$/;

export function monthOf(text: string): Month {
  const [year, month] = text.split('-').map(Number) as [number, number];
  // The last day is the one before the first of the next month.
  const last = new Date(`${text}-01T00:00:00Z`);
  last.setUTCMonth(month, 0);
  const days = Array.from(
    { length: last.getUTCDate() },
    (_, index) => `${text}-${String(index + 1).padStart(2, '0')}`,
  );
  return { year, month, days };
}

/** The month it is at an instant (ISO 8601) in a zone. */
export const monthAt = (instant: string, timeZone: string): string =>
  wallClock(instant, timeZone).day.slice(0, 7);
