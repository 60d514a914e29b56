import * as fc from 'fast-check';
import { compositeOf } from './composite.js';
import { type Contestant, ranksOf } from './ranking.js';
import { type Share, meanOf, share, tenthsOf } from './share.js';
import { wilson } from './wilson.js';

const size = { max: 1_000_000 };
const shares = fc
  .tuple(fc.constantFrom(1, 100), fc.nat(size), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([scale, of, part]) => share(Math.floor(of * scale * part), of, scale));
const some = shares.filter(({ denominator }) => denominator > 0);
const weights = fc
  .tuple(fc.nat(100), fc.nat(100))
  .map(([one, other]) => [Math.min(one, other), Math.max(one, other)] as const)
  .map(([low, high]) => ({ response: low, satisfaction: high - low, resolution: 100 - high }));
const contestants = fc.array(
  fc.record({ composite: fc.option(fc.nat(20)), sample: fc.nat(9), received: fc.nat(5) }),
  { maxLength: 30 },
);

/** The share in tenths of a percent, as a fraction. */
const exactly = ({ numerator, denominator, scale }: Share) =>
  [BigInt(numerator) * 1_000n, BigInt(denominator) * BigInt(scale)] as const;

describe('a share', () => {
  it.each([
    [share(1, 3), 333],
    [share(2, 3), 667],
    [share(57, 200), 285],
    [share(1_005, 10_000), 101], // 10.05 is a little less as a float, and would be 10.0
    [share(1, 2_000), 1],
    [share(1, 2_001), 0],
    [share(1_290, 15, 100), 860],
    [share(0, 0), null],
    [share(0, 7), 0],
  ])('of %j is %s tenths of a percent', (one, tenths) => expect(tenthsOf(one)).toBe(tenths));

  it('is rounded half up from its counts, whatever they are', () =>
    fc.assert(
      fc.property(some, (one) => {
        const [dividend, divisor] = exactly(one);
        const tenths = BigInt(tenthsOf(one) ?? -1);
        // tenths − ½ ≤ exact < tenths + ½
        expect((2n * tenths - 1n) * divisor <= 2n * dividend).toBe(true);
        expect(2n * dividend < (2n * tenths + 1n) * divisor).toBe(true);
      }),
    ));

  it('has a mean with others that lies between them and does not ask for their order', () =>
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat(1_000))), (rates) => {
        const present = rates.filter((rate) => rate !== null);
        const mean = meanOf(rates);
        expect(meanOf(rates.toReversed())).toBe(mean);
        if (present.length === 0) return expect(mean).toBeNull();
        expect(mean).toBeGreaterThanOrEqual(Math.min(...present));
        expect(mean).toBeLessThanOrEqual(Math.max(...present));
      }),
    ));
});

describe('the interval of a share', () => {
  it.each([
    [share(15, 15), { low: 796, high: 1_000 }],
    [share(0, 20), { low: 0, high: 162 }],
    [share(5, 10), { low: 236, high: 764 }],
    [share(1, 1), { low: 206, high: 1_000 }],
    [share(0, 0), null],
  ])('of %j is %j', (one, interval) => expect(wilson(one)).toEqual(interval));

  it('holds the share and lies within 0 and 100 %', () =>
    fc.assert(
      fc.property(some, (one) => {
        const { low, high } = wilson(one) ?? { low: NaN, high: NaN };
        const [dividend, divisor] = exactly(one);
        expect(BigInt(low) * divisor <= dividend).toBe(true);
        expect(BigInt(high) * divisor >= dividend).toBe(true);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1_000);
      }),
    ));

  it('is what the formula gives in floats, to the tenth', () =>
    fc.assert(
      fc.property(some, (one) => {
        const { numerator, denominator: n, scale } = one;
        const [x, zz] = [numerator / scale, 3.841459];
        const spread = Math.sqrt(zz * zz + (4 * zz * x * (n - x)) / n);
        const [low, high] = [-1, 1].map((sign) => (1_000 * (2 * x + zz + sign * spread)) / (2 * (n + zz)));
        const found = wilson(one) ?? { low: NaN, high: NaN };
        expect(Math.abs(found.low - Math.floor(low ?? NaN))).toBeLessThanOrEqual(1);
        expect(Math.abs(found.high - Math.ceil(high ?? NaN))).toBeLessThanOrEqual(1);
      }),
    ));

  it('gets narrower with more of the same', () =>
    fc.assert(
      fc.property(
        fc.nat(50),
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 2, max: 9 }),
        (x, rest, times) => {
          const few = wilson(share(x, x + rest)) ?? { low: NaN, high: NaN };
          const many = wilson(share(x * times, (x + rest) * times)) ?? { low: NaN, high: NaN };
          expect(many.low).toBeGreaterThanOrEqual(few.low);
          expect(many.high).toBeLessThanOrEqual(few.high);
        },
      ),
    ));
});

describe('the composite', () => {
  it('is weighed by the policy: 10, 40 and 50, or 30, 35 and 35', () => {
    const callbacks = {
      response: share(15, 15),
      resolution: share(14, 15),
      satisfaction: share(1_290, 15, 100),
    };
    expect(compositeOf(callbacks, { weights: { response: 10, satisfaction: 40, resolution: 50 } })).toBe(911);
    expect(compositeOf(callbacks, { weights: { response: 30, satisfaction: 35, resolution: 35 } })).toBe(928);
  });

  it('lies between the least and the greatest of the three, and is nothing where one with weight is of nobody', () =>
    fc.assert(
      fc.property(
        fc.tuple(shares, shares, shares),
        weights,
        ([response, resolution, satisfaction], policy) => {
          const composite = compositeOf({ response, resolution, satisfaction }, { weights: policy });
          const weighed = [
            policy.response > 0 && response,
            policy.resolution > 0 && resolution,
            policy.satisfaction > 0 && satisfaction,
          ];
          const rates = weighed.filter((one) => one !== false).map(tenthsOf);
          if (rates.includes(null)) return expect(composite).toBeNull();
          expect(composite).toBeGreaterThanOrEqual(Math.min(...(rates as number[])) - 1);
          expect(composite).toBeLessThanOrEqual(Math.max(...(rates as number[])) + 1);
        },
      ),
    ));
});

const named = (all: readonly Contestant[]) => {
  const ranks = ranksOf(all, 5);
  return new Map(all.map((one, index) => [one, ranks[index]]));
};

describe('ranks', () => {
  it('do not depend on the order in which units are named', () =>
    fc.assert(
      fc.property(
        contestants.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
        ),
        ([all, shuffled]) => {
          const [one, other] = [named(all), named(shuffled)];
          for (const contestant of all) expect(other.get(contestant)).toBe(one.get(contestant));
        },
      ),
    ));

  it('go by the composite, then by what was received; equals share one, and none is left out', () =>
    fc.assert(
      fc.property(contestants, (all) => {
        const ranks = ranksOf(all, 5);
        const ranked = ranks.filter((rank) => rank !== null && rank !== undefined).toSorted((a, b) => a - b);
        for (const [index, rank] of ranked.entries()) {
          expect(rank === index + 1 || rank === ranked[index - 1]).toBe(true);
        }
        for (const [index, one] of all.entries()) {
          const above = all.filter(
            (other, at) =>
              ranks[at] !== null &&
              ((other.composite ?? -1) > (one.composite ?? -1) ||
                (other.composite === one.composite && other.received > one.received)),
          );
          if (ranks[index] !== null) expect(ranks[index]).toBe(above.length + 1);
        }
      }),
    ));

  it('are not given without a composite, or on fewer callbacks than the minimum sample', () =>
    expect(
      ranksOf(
        [
          { composite: 1_000, sample: 4, received: 9 },
          { composite: null, sample: 0, received: 9 },
          { composite: 0, sample: 5, received: 1 },
        ],
        5,
      ),
    ).toEqual([null, null, 1]));
});
