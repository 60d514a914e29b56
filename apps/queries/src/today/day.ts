import { instantAt, wallClock } from '#calendar';

/** The rest of a day in a zone: from now to the next midnight there (ISO 8601, UTC). */
export type Span = { day: string; now: string; end: string };

const wholeDay = 86_400_000; // milliseconds on the wall, however long the day is in truth

export function restOfDay(now: string, timeZone: string): Span {
  const { day } = wallClock(now, timeZone);
  return { day, now, end: instantAt({ day, time: wholeDay }, timeZone) };
}
