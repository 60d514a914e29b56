import { daysAfter, type Day } from './day.js';
import { type WallClock, instantAt, wallClock } from './wall-clock.js';
import { type DayKind, type WorkCalendar, dayKind, hoursOf, works } from './work-calendar.js';

/**
 * `count` working days after an instant (ISO 8601), in a zone: the day it falls on is not counted, the clock time stays.
 * What comes outside working hours counts as coming at their nearest end; what comes on a day off, at the end of the working
 * day before. So nothing that comes later is due earlier.
 */
export function addWorkingDays(
  calendar: WorkCalendar,
  timeZone: string,
  from: string,
  count: number,
): string {
  return moment(forward(calendar, standing(calendar, timeZone, from), count), timeZone);
}

/** The working days after the day of one instant up to the day of another: {@link addWorkingDays}, backwards. */
export function countWorkingDays(calendar: WorkCalendar, timeZone: string, from: string, to: string): number {
  return between(calendar, standing(calendar, timeZone, from).day, standing(calendar, timeZone, to).day);
}

/** An instant as working time sees it: within the hours of a working day. */
export function standing(calendar: WorkCalendar, timeZone: string, instant: string): WallClock {
  const { day, time } = wallClock(instant, timeZone);
  if (works(calendar, day)) return { day, time: within(time, hoursOf(calendar, day)) };
  const before = next(calendar, day, -1);
  return { day: before, time: hoursOf(calendar, before).end };
}

/** So many working days later, at the same clock time if that is within the hours there. */
export function forward(calendar: WorkCalendar, { day, time }: WallClock, count: number): WallClock {
  let there = day;
  for (let left = count; left > 0; left -= 1) there = next(calendar, there, 1);
  return { day: there, time: within(time, hoursOf(calendar, there)) };
}

/** So many working days earlier, at the same clock time if that is within the hours there. */
export function backward(calendar: WorkCalendar, { day, time }: WallClock, count: number): WallClock {
  let there = day;
  for (let left = count; left > 0; left -= 1) there = next(calendar, there, -1);
  return { day: there, time: within(time, hoursOf(calendar, there)) };
}

/** A time beyond the hours of its day goes on in the hours of the next, or of the one before. */
export function carried(calendar: WorkCalendar, { day, time }: WallClock): WallClock {
  const { begin, end } = hoursOf(calendar, day);
  if (time > end) {
    const after = next(calendar, day, 1);
    return carried(calendar, { day: after, time: hoursOf(calendar, after).begin + time - end });
  }
  if (time < begin) {
    const before = next(calendar, day, -1);
    return carried(calendar, { day: before, time: hoursOf(calendar, before).end - (begin - time) });
  }
  return { day, time };
}

/** Working days after one day up to another, both days of work. */
export function between(calendar: WorkCalendar, from: Day, to: Day): number {
  let count = 0;
  for (let day = daysAfter(from, 1); day <= to; day = daysAfter(day, 1)) {
    if (works(calendar, day)) count += 1;
  }
  return count;
}

// The last moment of a day is still that day's.
export const moment = ({ day, time }: WallClock, timeZone: string): string =>
  instantAt({ day, time: Math.min(time, 86_400_000 - 1) }, timeZone);

/** Days on the way that are not what their weekday says, or are weekends; neighbours of one name stand together. */
export type NotableDays = { from: Day; to: Day; kind: Exclude<DayKind, 'workday'>; name: string | null };

/** What there was to skip, and to count although it is a weekend, after one day up to another. */
export function notableDays(calendar: WorkCalendar, from: Day, to: Day): NotableDays[] {
  const found: NotableDays[] = [];
  for (let day = daysAfter(from, 1); day <= to; day = daysAfter(day, 1)) {
    const { kind, name } = dayKind(calendar, day);
    if (kind === 'workday') continue;
    const last = found.at(-1);
    if (last?.kind === kind && last.name === name && daysAfter(last.to, 1) === day) last.to = day;
    else found.push({ from: day, to: day, kind, name });
  }
  return found;
}

function next(calendar: WorkCalendar, day: Day, step: 1 | -1): Day {
  let there = daysAfter(day, step);
  while (!works(calendar, there)) there = daysAfter(there, step);
  return there;
}

const within = (time: number, { begin, end }: { begin: number; end: number }): number =>
  Math.min(Math.max(time, begin), end);
