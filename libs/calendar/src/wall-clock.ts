import type { Day } from './day.js';
import { remembered } from './remembered.js';

/** What calendar and clock on the wall say: the day, and milliseconds since its midnight. */
export type WallClock = { day: Day; time: number };

/** What is on the wall in a zone (IANA name) at an instant (ISO 8601). */
export function wallClock(instant: string, timeZone: string): WallClock {
  const ms = Date.parse(instant);
  const local = new Date(ms + offset(ms, timeZone)).toISOString();
  return { day: local.slice(0, 10), time: Date.parse(`1970-01-01T${local.slice(11)}`) };
}

/** The day that an instant (ISO 8601) falls on in a zone (IANA name). */
export const localDay = (instant: string, timeZone: string): Day => wallClock(instant, timeZone).day;

/**
 * The instant (ISO 8601, UTC) at which the wall in a zone says so. An hour that comes twice is the first of the two, one that
 * the clocks skip is moved on by as much as they are.
 */
export function instantAt({ day, time }: WallClock, timeZone: string): string {
  const asUtc = Date.parse(`${day}T00:00:00Z`) + time;
  const before = asUtc - offset(asUtc - 86_400_000, timeZone);
  const after = asUtc - offset(asUtc + 86_400_000, timeZone);
  const said = [Math.min(before, after), Math.max(before, after)].find(
    (ms) => ms + offset(ms, timeZone) === asUtc,
  );
  return new Date(said ?? before).toISOString();
}

// Clocks are put forward and back at full quarters of an hour of UTC, so within one the offset is the same; asking Intl costs
// more than all the rest of a deadline.
const quarter = 900_000;
const offsetsIn = remembered((timeZone: string) =>
  remembered((quarters: number) => offsetAt(quarters * quarter, timeZone)),
);

/** Milliseconds that the zone's clocks are ahead of UTC. */
const offset = (ms: number, timeZone: string): number => offsetsIn(timeZone)(Math.floor(ms / quarter));

function offsetAt(ms: number, timeZone: string): number {
  const [, date, time] = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)/.exec(formatIn(timeZone).format(ms)) ?? [];
  return Date.parse(`${date}T${time}Z`) - Math.floor(ms / 1_000) * 1_000;
}

// Sweden writes dates the ISO way.
const formatIn = remembered(
  (timeZone: string) =>
    new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium', hourCycle: 'h23' }),
);
