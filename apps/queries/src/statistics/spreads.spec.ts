import { openByAge, resolvedByHours } from './spreads.js';

describe('what was resolved, by hours', () => {
  it.each([
    [0, 0],
    [20, 0],
    [21, 1],
    [240, 1],
    [241, 2],
    [720, 2],
    [721, 3],
    [1_680, 3],
    [1_681, 4],
    [900_000, 4],
  ])('%i tenths of an hour are of stretch %i', (tenths, stretch) => {
    const run = { values: Int32Array.of(tenths), upTo: Int32Array.of(1) };
    const counts = resolvedByHours([run]).map(({ resolved }) => resolved);
    expect(counts).toEqual([0, 1, 2, 3, 4].map((index) => Number(index === stretch)));
  });

  it('follow one another without a gap', () => {
    const stretches = resolvedByHours([]);
    expect(stretches.map(({ overHours, toHours }) => [overHours, toHours])).toEqual([
      [0, 2],
      [2, 24],
      [24, 72],
      [72, 168],
      [168, null],
    ]);
  });
});

describe('what is open, by age', () => {
  it('has every age, also those that nothing is of', () =>
    expect(openByAge('2026-11-25', [{ age: 1, open: 3 }])).toEqual({
      day: '2026-11-25',
      ages: [
        { fromDays: 0, toDays: 1, open: 0 },
        { fromDays: 2, toDays: 3, open: 3 },
        { fromDays: 4, toDays: 7, open: 0 },
        { fromDays: 8, toDays: 30, open: 0 },
        { fromDays: 31, toDays: null, open: 0 },
      ],
    }));
});
