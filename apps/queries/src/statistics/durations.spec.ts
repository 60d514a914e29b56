import * as fc from 'fast-check';
import { counted, durationsIn, takenBack, tenthsBetween } from './durations.js';

const hour = 3_600_000;
const after = (milliseconds: number) => new Date(milliseconds).toISOString();
const ascending = (values: Iterable<number>) => [...values].sort((one, other) => one - other);

describe('a duration', () => {
  it.each([
    [0, 0],
    [179_999, 0],
    [180_000, 1],
    [32.449 * hour, 324],
    [32.45 * hour, 325],
    [-5 * hour, 0],
  ])('of %i ms is %i tenths of an hour', (milliseconds, tenths) => {
    expect(tenthsBetween(after(10 * hour), after(10 * hour + milliseconds))).toBe(tenths);
  });
});

describe('a list of durations', () => {
  it('counts what was added and not taken back', () => {
    const list = counted(324) + counted(0) + takenBack(324) + counted(324) + counted(7) + takenBack(0);
    expect(list).toBe('324 0 -324 324 7 -0 ');
    expect(ascending(durationsIn(list))).toEqual([7, 324]);
    expect([...durationsIn('')]).toEqual([]);
    expect(counted(undefined) + takenBack(undefined)).toBe('');
  });

  it('comes to the same in any order, since cells are joined in any', () =>
    fc.assert(
      fc.property(
        fc.array(fc.nat(2_000_000)).chain((kept) =>
          fc.tuple(fc.constant(kept), fc.array(fc.nat(20))).chain(([kept, taken]) =>
            fc.tuple(
              fc.constant(kept),
              fc.shuffledSubarray([...kept, ...taken].map(counted).concat(taken.map(takenBack)), {
                minLength: kept.length + 2 * taken.length,
              }),
            ),
          ),
        ),
        ([kept, entries]) => {
          expect(ascending(durationsIn(entries.join('')))).toEqual(ascending(kept));
        },
      ),
    ));
});
