import { type Written, localTime, timesIn } from './local-time.js';
import { isoDate } from './written-dates.js';

const newYork = (written: Written | undefined) => localTime(written, 'America/New_York');

describe('a local time', () => {
  it('without a time of day is noon, and so stays on its day', () => {
    expect(newYork({ year: 2022, month: 1, day: 1 })).toEqual({
      at: '2022-01-01T17:00:00.000Z',
      day: '2022-01-01',
      dateOnly: true,
    });
    expect(localTime({ year: 2022, month: 1, day: 1 }, 'Asia/Shanghai').at).toBe('2022-01-01T04:00:00.000Z');
  });

  it('has the offset of its own date, not of today', () => {
    expect(newYork({ year: 2018, month: 7, day: 1, hour: 0, minute: 5 }).at).toBe('2018-07-01T04:05:00.000Z');
    expect(newYork({ year: 2018, month: 1, day: 1, hour: 0, minute: 5 }).at).toBe('2018-01-01T05:05:00.000Z');
  });

  it('that the clocks skip does not exist', () => {
    const skipped = { year: 2018, month: 3, day: 11, hour: 2, minute: 30 };
    expect(() => newYork(skipped)).toThrow('nonexistent-local-time');
    expect(newYork({ ...skipped, hour: 3, minute: 0 }).at).toBe('2018-03-11T07:00:00.000Z');
    expect(localTime(skipped, 'America/New_York', 'hour-after').at).toBe('2018-03-11T07:30:00.000Z');
  });

  it('that comes twice is the first of the two', () => {
    expect(newYork({ year: 2018, month: 11, day: 4, hour: 1, minute: 30 }).at).toBe(
      '2018-11-04T05:30:00.000Z',
    );
    expect(newYork({ year: 2018, month: 11, day: 4, hour: 2, minute: 0 }).at).toBe(
      '2018-11-04T07:00:00.000Z',
    );
  });

  it('must be on the calendar and on the clock', () => {
    expect(() => newYork({ year: 2022, month: 2, day: 29 })).toThrow('unreadable-date');
    expect(() => newYork({ year: 2022, month: 1, day: 1, hour: 24, minute: 0 })).toThrow('unreadable-date');
    expect(() => newYork(undefined)).toThrow('unreadable-date');
  });

  it('is no placeholder', () => {
    expect(() => newYork({ year: 1900, month: 1, day: 1 })).toThrow('placeholder-date');
    expect(() => newYork({ year: 1900, month: 1, day: 1, hour: 0 })).toThrow('placeholder-date');
  });

  it('reads the same from memory', () => {
    const read = timesIn('America/New_York', isoDate);
    expect(read('2022-06-30')).toBe(read('2022-06-30'));
    expect(() => read('2022-06-31')).toThrow('unreadable-date');
    expect(() => read('2022-06-31')).toThrow('unreadable-date');
  });
});
