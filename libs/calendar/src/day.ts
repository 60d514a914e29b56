/** A day of the calendar, `yyyy-mm-dd`. */
export type Day = string;

const oneDay = 86_400_000; // milliseconds

const utc = (day: Day): Date => new Date(`${day}T00:00:00Z`);

/** `count` days later, or earlier where it is negative. */
export const daysAfter = (day: Day, count: number): Day =>
  new Date(utc(day).getTime() + count * oneDay).toISOString().slice(0, 10);

export const isWeekend = (day: Day): boolean => [0, 6].includes(utc(day).getUTCDay());

export const yearOf = (day: Day): number => Number(day.slice(0, 4));

/** Whether the text is a day that there is: not the 30th of February. */
export function isDay(text: unknown): text is Day {
  if (typeof text !== 'string' || !/^[1-9]\d{3}-\d\d-\d\d$/.test(text)) return false;
  const day = utc(text);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
