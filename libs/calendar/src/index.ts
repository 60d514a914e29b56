export { type CalendarFault, calendarFaults } from './calendar.check.js';
export {
  type CalendarCommand,
  type CalendarState,
  calendarDecider,
  calendarRejections,
} from './calendar.decider.js';
export {
  type CalendarEvent,
  type CalendarYear,
  type DaysOff,
  type MakeUpDay,
  type WorkingHours,
  calendarStream,
  nationalCalendar,
} from './calendar.events.js';
export { calendarSchema, calendarUpcasts, upcastCalendar } from './calendar.upcast.js';
export { type Day, daysAfter, isDay, isInstant } from './day.js';
export { type Due, type Limit, dueAfter, dueBefore, limitUnits, unpublishedYears } from './limit.js';
export { type Pause, united } from './pause.js';
export { shippedYear, shippedYears } from './national.years.js';
export { yearIn } from './whole-year.js';
export { type WallClock, instantAt, localDay, wallClock } from './wall-clock.js';
export {
  type DayKind,
  type WorkCalendar,
  dayKind,
  isPublished,
  shippedCalendar,
  workCalendar,
  works,
} from './work-calendar.js';
export { type NotableDays, addWorkingDays, countWorkingDays } from './working-days.js';
