import { monthAt, monthForm, monthOf } from './month.js';

describe('a month', () => {
  it.each([
    ['2026-11', '2026-11-30', 30],
    ['2026-12', '2026-12-31', 31],
    ['2024-02', '2024-02-29', 29],
    ['2026-02', '2026-02-28', 28],
    ['1900-02', '1900-02-28', 28],
    ['0004-02', '0004-02-29', 29],
  ])('%s ends with %s', (text, last, length) => {
    const { days } = monthOf(text);
    expect([days[0], days.at(-1), days.length]).toEqual([`${text}-01`, last, length]);
  });

  it.each(['2026-13', '2026-00', '2026-1', '26-01', '0000-01', '2026-01-01', ' 2026-01', '2026-01\n'])(
    'is not %j',
    (text) => expect(monthForm.test(text)).toBe(false),
  );

  it('is the one it is in a zone', () => {
    expect(monthAt('2026-11-30T15:59:59Z', 'Asia/Shanghai')).toBe('2026-11');
    expect(monthAt('2026-11-30T16:00:00Z', 'Asia/Shanghai')).toBe('2026-12');
  });
});
