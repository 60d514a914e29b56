import type { RatePolicy } from '#policies';
import { type Share, halfUp } from './share.js';

/** The three rates of the callbacks. */
export type Callbacks = { response: Share; resolution: Share; satisfaction: Share };

/**
 * 综合成绩 in tenths of a point, half up: the weighted mean of the three rates, from their counts and rounded once; null
 * where one that has weight is of nobody.
 */
export function compositeOf(
  { response, resolution, satisfaction }: Callbacks,
  { weights }: Pick<RatePolicy, 'weights'>,
): number | null {
  const all: [Share, number][] = [
    [response, weights.response],
    [resolution, weights.resolution],
    [satisfaction, weights.satisfaction],
  ];
  const weighed = all.filter(([, weight]) => weight > 0);
  if (weighed.some(([{ denominator }]) => denominator === 0)) return null;
  let [sum, whole] = [0n, 1n];
  for (const [{ numerator, denominator, scale }, weight] of weighed) {
    const over = BigInt(denominator) * BigInt(scale);
    sum = sum * over + BigInt(numerator) * BigInt(weight) * whole;
    whole *= over;
  }
  return halfUp(sum * 10n, whole);
}
