import { daysAfter, yearOf } from './day.js';
import { type Pause, united } from './pause.js';
import { instantAt, wallClock } from './wall-clock.js';
import { type WorkCalendar, isPublished } from './work-calendar.js';
import {
  type NotableDays,
  between,
  carried,
  addWorkingDays,
  backward,
  forward,
  moment,
  notableDays,
  standing,
} from './working-days.js';

export const limitUnits = ['minutes', 'hours', 'working-days', 'calendar-days'] as const;
/** How long something may take. Minutes and hours run day and night. */
export type Limit = { amount: number; unit: (typeof limitUnits)[number] };

export type Due = {
  /** ISO 8601, UTC. */
  dueAt: string;
  /** What there was to skip on the way, where days were counted. */
  days: NotableDays[];
  /** A year on the way is not published: it may come otherwise. */
  provisional: boolean;
};

/** When a limit that begins at an instant runs out in a zone, the clock standing still in the pauses. */
export function dueAfter(
  calendar: WorkCalendar,
  timeZone: string,
  from: string,
  limit: Limit,
  pauses: readonly Pause[] = [],
): Due {
  const begun = beginning(calendar, timeZone, from, limit);
  const dueAt = united(pauses).reduce((due, pause) => {
    const stopped = pause.from > from ? pause.from : from;
    // A clock that has run out cannot be stopped.
    if (stopped >= due || pause.to <= stopped) return due;
    return goingOn(calendar, timeZone, due, { from: stopped, to: pause.to }, limit);
  }, begun);
  if (limit.unit !== 'working-days') return { dueAt, days: [], provisional: false };
  const first = standing(calendar, timeZone, from).day;
  const last = wallClock(dueAt, timeZone).day;
  return {
    dueAt,
    days: notableDays(calendar, first, last),
    provisional: unpublishedYears(calendar, timeZone, from, dueAt).length > 0,
  };
}

/** The years that working days from an instant to another are counted in and whose calendar is not known, the first one first. */
export function unpublishedYears(
  calendar: WorkCalendar,
  timeZone: string,
  from: string,
  dueAt: string,
): number[] {
  const first = yearOf(standing(calendar, timeZone, from).day);
  const last = yearOf(wallClock(dueAt, timeZone).day);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index).filter(
    (year) => !isPublished(calendar, year),
  );
}

/** When so much time is left until an instant: what is warned of a day before is warned of on a working day. */
export function dueBefore(calendar: WorkCalendar, timeZone: string, instant: string, limit: Limit): string {
  if (limit.unit === 'working-days') {
    return moment(backward(calendar, standing(calendar, timeZone, instant), limit.amount), timeZone);
  }
  if (limit.unit === 'calendar-days') {
    const { day, time } = wallClock(instant, timeZone);
    return instantAt({ day: daysAfter(day, -limit.amount), time }, timeZone);
  }
  return later(instant, -lengthOf(limit));
}

/** How long a limit is in milliseconds, where that does not hang on the calendar. */
const lengthOf = ({ amount, unit }: Limit): number => amount * (unit === 'hours' ? 3_600_000 : 60_000);

function beginning(calendar: WorkCalendar, timeZone: string, from: string, limit: Limit): string {
  if (limit.unit === 'working-days') return addWorkingDays(calendar, timeZone, from, limit.amount);
  if (limit.unit === 'calendar-days') {
    const { day, time } = wallClock(from, timeZone);
    return instantAt({ day: daysAfter(day, limit.amount), time }, timeZone);
  }
  return later(from, lengthOf(limit));
}

/** What was left when the clock stopped is left when it goes on. */
function goingOn(
  calendar: WorkCalendar,
  timeZone: string,
  due: string,
  pause: Pause,
  { unit }: Limit,
): string {
  if (unit !== 'working-days') return later(due, Date.parse(pause.to) - Date.parse(pause.from));
  const stopped = standing(calendar, timeZone, pause.from);
  const resumed = standing(calendar, timeZone, pause.to);
  const end = standing(calendar, timeZone, due);
  const there = forward(calendar, resumed, between(calendar, stopped.day, end.day));
  // Not what `forward` says of the time: hours may differ from day to day, and what is left may be less than a day.
  const time = resumed.time + end.time - stopped.time;
  return moment(carried(calendar, { day: there.day, time }), timeZone);
}

const later = (instant: string, ms: number): string => new Date(Date.parse(instant) + ms).toISOString();
