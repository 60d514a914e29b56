import { americanTime, chineseTime, isoDate } from './written-dates.js';

describe('written dates', () => {
  it('are plain ISO days', () => {
    expect(isoDate('2022-01-31')).toEqual({ year: 2022, month: 1, day: 31 });
    for (const other of ['2022-1-31', '31.01.2022', '2022-01-31 ', '2022-01-31T00:00', '']) {
      expect(isoDate(other)).toBeUndefined();
    }
  });

  it('are American times of twelve hours', () => {
    const day = { year: 2018, month: 4, day: 12 };
    expect(americanTime('04/12/2018 11:11:26 AM')).toEqual({ ...day, hour: 11, minute: 11, second: 26 });
    expect(americanTime('04/12/2018 12:00:01 AM')).toEqual({ ...day, hour: 0, minute: 0, second: 1 });
    expect(americanTime('04/12/2018 12:00:01 PM')).toEqual({ ...day, hour: 12, minute: 0, second: 1 });
    expect(americanTime('04/12/2018 11:59:59 PM')).toEqual({ ...day, hour: 23, minute: 59, second: 59 });
    for (const other of ['04/12/2018', '04/12/2018 13:00:00 PM', '04/12/2018 00:00:00 AM', '2018-04-12']) {
      expect(americanTime(other)).toBeUndefined();
    }
  });

  it.each([
    '2026-11-22 10:30',
    '2026/11/22 10:30',
    '2026.11.22 10:30:00',
    '2026年11月22日 10:30',
    '2026年11月22日10时30分',
    '2026年11月22日 10：30',
  ])('are Chinese times: %s', (text) => {
    expect(chineseTime(text)).toEqual({ year: 2026, month: 11, day: 22, hour: 10, minute: 30, second: 0 });
  });

  it('are Chinese days without a time', () => {
    expect(chineseTime('2026年1月2日')).toEqual({ year: 2026, month: 1, day: 2 });
    expect(chineseTime('2026/1/2')).toEqual({ year: 2026, month: 1, day: 2 });
    for (const other of ['昨天', '11-22 10:30', '2026-11-22 10', '2026-11-22T10:30:00+08:00']) {
      expect(chineseTime(other)).toBeUndefined();
    }
  });
});
