import * as fc from 'fast-check';
import { counted, takenBack, tenthsBetween } from './durations.js';
import { RunsMemory } from './runs.memory.js';
import { nearestRank, runOf, sizeOf } from './runs.js';

const hour = 3_600_000;
const after = (milliseconds: number) => new Date(milliseconds).toISOString();
const ascending = (values: Iterable<number>) => [...values].sort((one, other) => one - other);
const run = (...values: number[]) => runOf(values.map(counted).join(''));

describe('a run', () => {
  it('has each value once and how many there are up to it', () => {
    const { values, upTo } = run(7, 3, 7, 0, 3, 7);
    expect([[...values], [...upTo]]).toEqual([
      [0, 3, 7],
      [1, 3, 6],
    ]);
  });

  it('has nothing of what was taken back', () => {
    expect(sizeOf([runOf(counted(5) + takenBack(5)), run()])).toBe(0);
  });
});

describe('a percentile', () => {
  it('is one of the values, and nothing of none', () => {
    expect(nearestRank([run(3, 1)], 50)).toBe(1);
    expect(nearestRank([run(5), run(), run(1, 3)], 50)).toBe(3);
    expect(nearestRank([run(5, 1), run(3)], 90)).toBe(5);
    expect(nearestRank([run(), run()], 50)).toBeNull();
    expect(nearestRank([], 50)).toBeNull();
  });

  it('of several runs is exactly that of all their values together', () =>
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.oneof(fc.nat(30), fc.nat(2_000_000)), { maxLength: 60 }), { maxLength: 12 }),
        fc.integer({ min: 1, max: 100 }),
        (lists, percent) => {
          const all = ascending(lists.flat());
          const right = all[Math.ceil((percent * all.length) / 100) - 1] ?? null;
          expect(
            nearestRank(
              lists.map((values) => run(...values)),
              percent,
            ),
          ).toBe(right);
          expect(sizeOf(lists.map((values) => run(...values)))).toBe(all.length);
        },
      ),
    ));

  it('of rounded durations is the rounded percentile of the true ones', () =>
    fc.assert(
      fc.property(
        fc.array(fc.nat(400 * hour), { minLength: 1, maxLength: 300 }),
        fc.constantFrom(50, 90),
        (truly, percent) => {
          const rounded = truly.map((milliseconds) => tenthsBetween(after(0), after(milliseconds)));
          const rank = Math.ceil((percent * truly.length) / 100) - 1;
          const right = ascending(truly)[rank] as number;
          const shown = nearestRank([run(...rounded)], percent);
          expect(shown).toBe(tenthsBetween(after(0), after(right)));
          // Half of a tenth of an hour: the whole of the error.
          expect(Math.abs((shown ?? 0) * 0.1 * hour - right)).toBeLessThanOrEqual(0.05 * hour + 1e-6);
        },
      ),
    ));
});

const cell = (key: string, responses: string, resolutions = '') => ({
  known: [key, { responses: responses.length, resolutions: resolutions.length }] as const,
  lists: { responses, resolutions },
});

describe('the memory of runs', () => {
  it('knows a cell until its lists have grown', () => {
    const memory = new RunsMemory();
    const { known, lists } = cell('may', '3 4 ', '9 ');
    expect(memory.of(...known)).toBeUndefined();
    const read = memory.read('may', lists);
    expect(memory.of(...known)).toMatchObject(read);
    expect(memory.of('may', { responses: 4, resolutions: 5 })).toBeUndefined();
    memory.read('may', { ...lists, resolutions: '9 -9 ' });
    expect(sizeOf([memory.of('may', { responses: 4, resolutions: 5 })?.resolutions ?? run(1)])).toBe(0);
    expect(memory.of(...known)).toBeUndefined();
  });

  it('forgets what was read longest ago when it is full', () => {
    const memory = new RunsMemory(5);
    const [april, may, june] = [cell('april', '1 '), cell('may', '1 '), cell('june', '1 ')];
    memory.read('april', april.lists);
    memory.read('may', may.lists);
    memory.read('june', june.lists);
    expect([april, may, june].map(({ known }) => memory.of(...known) !== undefined)).toEqual([
      false,
      true,
      true,
    ]);
  });
});
