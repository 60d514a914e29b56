import { restOfDay } from './day.js';

describe('the rest of a day', () => {
  it.each([
    ['Asia/Shanghai', '2026-11-22T15:59:59.999Z', '2026-11-22', '2026-11-22T16:00:00.000Z'],
    ['Asia/Shanghai', '2026-11-22T16:00:00.000Z', '2026-11-23', '2026-11-23T16:00:00.000Z'],
    // Clocks are put forward at two and back at two: a day of 23 hours and one of 25.
    ['America/New_York', '2026-03-08T05:30:00.000Z', '2026-03-08', '2026-03-09T04:00:00.000Z'],
    ['America/New_York', '2026-11-01T04:30:00.000Z', '2026-11-01', '2026-11-02T05:00:00.000Z'],
  ])('in %s from %s is of %s and ends at %s', (zone, now, day, end) =>
    expect(restOfDay(now, zone)).toEqual({ day, now, end }),
  );
});
