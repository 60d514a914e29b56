/**
 * So many of so many. Both are counted, never computed: where something counts in parts, `numerator` counts parts of which
 * `scale` make one (a mostly satisfied resident is 90 of 100 parts); `scale` is 1 everywhere else.
 */
export type Share = { numerator: number; denominator: number; scale: number };

export const share = (numerator: number, denominator: number, scale = 1): Share => ({
  numerator,
  denominator,
  scale,
});

/** Tenths of a percent, half up; null of nothing: who was never asked about has no rate, and a rate of 0 is something else. */
export function tenthsOf({ numerator, denominator, scale }: Share): number | null {
  return denominator === 0 ? null : halfUp(BigInt(numerator) * 1_000n, BigInt(denominator) * BigInt(scale));
}

/** The quotient of two whole numbers, neither negative, rounded half up. In integers: 0.285 as a float is a little less. */
export const halfUp = (dividend: bigint, divisor: bigint): number =>
  Number((2n * dividend + divisor) / (2n * divisor));

/** The mean of rates (tenths), half up, those that are there; null of none. Beside a pooled share, never instead of it. */
export function meanOf(rates: readonly (number | null)[]): number | null {
  const present = rates.filter((rate) => rate !== null);
  if (present.length === 0) return null;
  return halfUp(BigInt(present.reduce((sum, rate) => sum + rate, 0)), BigInt(present.length));
}
