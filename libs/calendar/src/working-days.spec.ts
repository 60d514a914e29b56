import { DateTime } from 'luxon';
import { calendarDecider } from './calendar.decider.js';
import type { CalendarYear } from './calendar.events.js';
import { instantAt, wallClock } from './wall-clock.js';
import { shippedCalendar, workCalendar } from './work-calendar.js';
import { addWorkingDays, countWorkingDays } from './working-days.js';

const zone = 'Asia/Shanghai';
const at = (local: string) => DateTime.fromSQL(local, { zone }).toUTC().toISO() ?? '';
const local = (instant: string) => DateTime.fromISO(instant, { zone }).toFormat('yyyy-MM-dd HH:mm');

const publication = (year: Partial<CalendarYear>) =>
  calendarDecider.evolve(calendarDecider.initialState, {
    type: 'CalendarPublished',
    data: {
      version: 1,
      note: null,
      year: 2027,
      daysOff: [],
      makeUpDays: [],
      workingHours: null,
      ...year,
    },
  });
describe('working days, with make-up days', () => {
  it.each([
    ['2026-09-30 10:00', 5, '2026-10-13 10:00'],
    ['2026-02-13 16:00', 3, '2026-02-25 16:00'],
    ['2026-09-18 09:30', 5, '2026-09-24 09:30'],
    ['2026-05-08 15:00', 1, '2026-05-09 15:00'],
    ['2026-04-30 10:00', 5, '2026-05-11 10:00'],
    ['2025-09-29 10:00', 5, '2025-10-13 10:00'],
  ])('from %s, %i of them end at %s', (from, count, due) => {
    expect(local(addWorkingDays(shippedCalendar, zone, at(from), count))).toBe(due);
    expect(countWorkingDays(shippedCalendar, zone, at(from), at(due))).toBe(count);
  });

  it.each([
    ['a Saturday', '2026-11-21 10:00', '2026-11-23 23:59'],
    ['the last second of a Friday', '2026-11-20 23:59', '2026-11-23 23:59'],
    ['a make-up Sunday', '2026-09-20 10:00', '2026-09-21 10:00'],
  ])('what comes on %s has the whole of the next one', (_, from, due) =>
    expect(local(addWorkingDays(shippedCalendar, zone, at(from), 1))).toBe(due),
  );

  it('are a guess in a year that nobody has published: Monday to Friday', () =>
    expect(local(addWorkingDays(shippedCalendar, zone, at('2027-09-30 10:00'), 5))).toBe('2027-10-07 10:00'));
});

describe('what is published', () => {
  const holiday = publication({
    daysOff: [{ from: '2027-10-01', to: '2027-10-07', name: '国庆节' }],
    makeUpDays: [{ day: '2027-10-09', name: '国庆节' }],
  });

  it('makes a year known', () => {
    const calendar = workCalendar(holiday);
    expect(local(addWorkingDays(calendar, zone, at('2027-09-30 10:00'), 2))).toBe('2027-10-09 10:00');
    expect(calendar.version).toBe('default@1');
  });

  it('by a district lies over the nation’s, and the rest of the nation’s stays', () => {
    const own = publication({
      year: 2026,
      daysOff: [{ from: '2026-10-08', to: '2026-10-08', name: '区庆' }],
    });
    const calendar = workCalendar(holiday, { code: '海淀区', ...own });
    expect(local(addWorkingDays(calendar, zone, at('2026-09-30 10:00'), 5))).toBe('2026-10-14 10:00');
    expect(calendar.version).toBe('default@1+海淀区@1');
  });

  it('with working hours keeps every end within them', () => {
    const own = publication({ year: 2026, workingHours: { from: '09:00', to: '17:30' } });
    const calendar = workCalendar(calendarDecider.initialState, { code: '海淀区', ...own });
    const due = (from: string) => local(addWorkingDays(calendar, zone, at(from), 1));
    expect(due('2026-11-23 07:00')).toBe('2026-11-24 09:00');
    expect(due('2026-11-23 11:00')).toBe('2026-11-24 11:00');
    expect(due('2026-11-23 20:00')).toBe('2026-11-24 17:30');
    expect(due('2026-11-21 11:00')).toBe('2026-11-23 17:30');
  });
});

describe('the clock on the wall', () => {
  const zones = ['Asia/Shanghai', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu'];

  it.each(zones)('says in %s what luxon says, and finds the instant again', (timeZone) => {
    for (let ms = Date.UTC(2026, 0, 1); ms < Date.UTC(2027, 0, 1); ms += 5_400_000 * 7) {
      const instant = new Date(ms).toISOString();
      const clock = wallClock(instant, timeZone);
      const there = DateTime.fromISO(instant, { zone: timeZone });
      expect(clock).toEqual({
        day: there.toISODate(),
        time: (there.hour * 60 + there.minute) * 60_000 + there.second * 1_000,
      });
      expect(wallClock(instantAt(clock, timeZone), timeZone)).toEqual(clock);
    }
  });

  it.each([
    ['takes the first of an hour that comes twice', '2026-11-01', 1.5, '2026-11-01T05:30:00.000Z'],
    ['moves on what the clocks skip', '2026-03-08', 2.5, '2026-03-08T07:30:00.000Z'],
  ])('%s', (_, day, hours, instant) =>
    expect(instantAt({ day, time: hours * 3_600_000 }, 'America/New_York')).toBe(instant),
  );
});
