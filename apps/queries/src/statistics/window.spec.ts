import * as fc from 'fast-check';
import { always, spansOf } from './window.js';

const day = (number: number) => new Date(number * 86_400_000).toISOString().slice(0, 10);
const days = (first: string, last: string): string[] => {
  const found = [];
  for (let number = Date.parse(first) / 86_400_000; day(number) <= last; number += 1) found.push(day(number));
  return found;
};

describe('a window', () => {
  it('is whole months and the days at its edges', () => {
    expect(spansOf('2024-01-31', '2024-03-01')).toEqual([
      { grain: 'month', first: '2024-02-01', last: '2024-02-01' },
      { grain: 'day', first: '2024-01-31', last: '2024-01-31' },
      { grain: 'day', first: '2024-03-01', last: '2024-03-01' },
    ]);
    expect(spansOf('2026-11-02', '2026-11-30')).toEqual([
      { grain: 'day', first: '2026-11-02', last: '2026-11-30' },
    ]);
    expect(spansOf(always.from, always.to)).toEqual([
      { grain: 'month', first: '0001-01-01', last: '9999-12-01' },
    ]);
    expect(spansOf('9999-12-02', '9999-12-31')).toHaveLength(1);
  });

  it('holds every one of its days once', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30_000 }), fc.nat(900), (start, length) => {
        const [from, to] = [day(start), day(start + length)];
        const covered = spansOf(from, to).flatMap(({ grain, first, last }) =>
          grain === 'day'
            ? days(first, last)
            : days(first, last)
                .filter((some) => some.endsWith('-01'))
                .flatMap((month) => days(month, `${month.slice(0, 8)}31`)),
        );
        expect(covered.sort()).toEqual(days(from, to));
      }),
    ));
});
