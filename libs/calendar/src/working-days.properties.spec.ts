import * as fc from 'fast-check';
import { type Limit, dueAfter, limitUnits } from './limit.js';
import { calendarDecider } from './calendar.decider.js';
import { wallClock } from './wall-clock.js';
import { type WorkCalendar, shippedCalendar, workCalendar, works } from './work-calendar.js';
import { addWorkingDays, countWorkingDays } from './working-days.js';

const hours = calendarDecider.evolve(calendarDecider.initialState, {
  type: 'CalendarPublished',
  data: {
    version: 1,
    note: null,
    year: 2026,
    daysOff: [{ from: '2026-03-05', to: '2026-03-06', name: '区庆' }],
    makeUpDays: [{ day: '2026-03-07', name: '区庆' }],
    workingHours: { from: '08:30', to: '17:30' },
  },
});
const calendar = fc.constantFrom<WorkCalendar>(
  shippedCalendar,
  workCalendar(calendarDecider.initialState, { code: '海淀区', ...hours }),
);
const zone = fc.constantFrom('Asia/Shanghai', 'America/New_York');
// Two years with every make-up day, one that nobody has published, and the turns between them.
const instant = fc
  .integer({ min: Date.UTC(2024, 11, 1) / 60_000, max: Date.UTC(2027, 2, 1) / 60_000 })
  .map((minutes) => new Date(minutes * 60_000).toISOString());
const count = fc.integer({ min: 1, max: 40 });

const always = <Given extends [unknown, ...unknown[]]>(
  given: { [Index in keyof Given]: fc.Arbitrary<Given[Index]> },
  holds: (...given: Given) => void,
) => fc.assert(fc.property(...given, holds), { numRuns: 300 });

const after = (from: string, minutes: number) => new Date(Date.parse(from) + minutes * 60_000).toISOString();

describe('whatever is counted in working days', () => {
  it('ends on a day of work', () =>
    always([calendar, zone, instant, count], (calendar, zone, from, count) => {
      const due = addWorkingDays(calendar, zone, from, count);
      expect(works(calendar, wallClock(due, zone).day)).toBe(true);
      expect(due > from).toBe(true);
    }));

  it('is counted back to the same number', () =>
    always([calendar, zone, instant, count], (calendar, zone, from, count) => {
      const due = addWorkingDays(calendar, zone, from, count);
      expect(countWorkingDays(calendar, zone, from, due)).toBe(count);
    }));

  it('ends later where more is allowed', () =>
    always([calendar, zone, instant, count], (calendar, zone, from, count) =>
      expect(
        addWorkingDays(calendar, zone, from, count) < addWorkingDays(calendar, zone, from, count + 1),
      ).toBe(true),
    ));

  it('never ends earlier where it begins later', () =>
    always([calendar, zone, instant, instant, count], (calendar, zone, one, other, count) => {
      const [earlier, later] = [one, other].sort() as [string, string];
      expect(
        addWorkingDays(calendar, zone, earlier, count) <= addWorkingDays(calendar, zone, later, count),
      ).toBe(true);
    }));
});

describe('whatever a pause does', () => {
  const limit: fc.Arbitrary<Limit> = fc.record(
    { amount: fc.integer({ min: 1, max: 20 }), unit: fc.constantFrom(...limitUnits) },
    { noNullPrototype: true },
  );
  const minutes = fc.integer({ min: 0, max: 60 * 24 * 30 });
  it('never makes a limit end earlier, and a longer one ends no earlier than a shorter', () =>
    always(
      [calendar, zone, instant, limit, minutes, minutes, minutes],
      (calendar, zone, from, limit, begin, length, more) => {
        const due = (length: number) => {
          const pause = { from: after(from, begin), to: after(from, begin + length) };
          return dueAfter(calendar, zone, from, limit, [pause]).dueAt;
        };
        expect(due(0)).toBe(dueAfter(calendar, zone, from, limit).dueAt);
        expect(due(length) >= due(0)).toBe(true);
        expect(due(length + more) >= due(length)).toBe(true);
      },
    ));

  it('that begins once the limit has run out changes nothing', () =>
    always([calendar, zone, instant, limit, minutes], (calendar, zone, from, limit, length) => {
      const { dueAt } = dueAfter(calendar, zone, from, limit);
      const late = { from: dueAt, to: after(dueAt, length) };
      expect(dueAfter(calendar, zone, from, limit, [late]).dueAt).toBe(dueAt);
    }));

  const pause = fc.tuple(fc.integer({ min: -60, max: 400 }), fc.integer({ min: -10, max: 90 }));
  const pauses = fc.array(pause, { maxLength: 6 });
  it('lets a clock of minutes run whenever none of several lasts, however they lie and are told', () =>
    always([instant, fc.integer({ min: 1, max: 300 }), pauses], (from, amount, pauses) => {
      const stands = (minute: number) =>
        pauses.some(([begin, length]) => begin <= minute && minute < begin + length);
      let end = 0;
      for (let left = amount; left > 0; end += 1) if (!stands(end)) left -= 1;
      const told = pauses.map(([begin, length]) => ({
        from: after(from, begin),
        to: after(from, begin + length),
      }));
      const limit: Limit = { amount, unit: 'minutes' };
      expect(dueAfter(shippedCalendar, 'Asia/Shanghai', from, limit, told).dueAt).toBe(after(from, end));
    }));

  it('is the same in one piece or in several that meet, in whatever order', () =>
    always(
      [calendar, zone, instant, limit, fc.tuple(minutes, minutes, minutes)],
      (calendar, zone, from, limit, lengths) => {
        const [one, two, three, four] = [0, ...lengths]
          .sort((one, other) => one - other)
          .map((minutes) => after(from, minutes)) as [string, string, string, string];
        const due = (...pauses: { from: string; to: string }[]) =>
          dueAfter(calendar, zone, from, limit, pauses).dueAt;
        const pieces = [
          { from: one, to: three },
          { from: two, to: four },
        ] as const;
        expect(due(pieces[1], pieces[0])).toBe(due({ from: one, to: four }));
        expect(due({ from: three, to: four }, pieces[0])).toBe(due({ from: one, to: four }));
      },
    ));

  it('moves minutes and hours by as long as it was', () =>
    always([calendar, zone, instant, minutes, minutes], (calendar, zone, from, begin, length) => {
      const limit: Limit = { amount: begin + 1, unit: 'minutes' };
      const pause = { from: after(from, begin), to: after(from, begin + length) };
      expect(dueAfter(calendar, zone, from, limit, [pause]).dueAt).toBe(after(from, begin + 1 + length));
    }));
});
