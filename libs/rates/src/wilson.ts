import type { Share } from './share.js';

// z = 1.959964 for 95 %; its square in millionths.
const [zz, million] = [3_841_459n, 1_000_000n];
const digits = 1_000_000n; // of the root

/**
 * Between which tenths of a percent the share lies with 95 % confidence; null of nothing. E. B. Wilson, Probable inference
 * (1927): (2x + z² ± z √(z² + 4x(n−x)/n)) / 2(n + z²), rounded outwards. What counts in parts varies less than what counts
 * wholly or not at all, so there the interval is rather too wide.
 */
export function wilson({ numerator, denominator, scale }: Share): { low: number; high: number } | null {
  if (denominator === 0) return null;
  const [x, n, parts] = [BigInt(numerator), BigInt(denominator), BigInt(scale)];
  // Everything times `parts`, so that nothing is divided before the end.
  const whole = n * parts;
  const under = (zz * zz * parts * whole + 4n * zz * million * x * (whole - x)) * parts * digits * digits;
  const root = rootOf(under, whole);
  const centre = (2n * x * million + zz * parts) * digits;
  const divisor = 2n * (n * million + zz) * parts * digits;
  const low = ((centre - root) * 1_000n) / divisor;
  const high = ((centre + root) * 1_000n + divisor - 1n) / divisor;
  return { low: Math.max(0, Number(low)), high: Math.min(1_000, Number(high)) };
}

/** The root of a fraction, rounded up where it is not whole: Newton's way, from above. */
function rootOf(dividend: bigint, divisor: bigint): bigint {
  const value = dividend / divisor;
  let root = 1n << BigInt(Math.ceil(value.toString(2).length / 2));
  for (;;) {
    const next = (root + value / root) / 2n;
    if (next >= root) break;
    root = next;
  }
  return root * root * divisor === dividend ? root : root + 1n;
}
