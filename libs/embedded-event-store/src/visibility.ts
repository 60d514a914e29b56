import type { StreamMetadata } from './stream-metadata.js';

/** The lowest revision that `$tb` and `$maxCount` leave to be read. */
export function firstVisible(last: number, { truncateBefore = 0, maxCount }: StreamMetadata): number {
  return Math.max(0, truncateBefore, maxCount === undefined ? 0 : last - maxCount + 1);
}

/** Events recorded before this moment (milliseconds since the epoch) are hidden by `$maxAge`. */
export function oldestVisible({ maxAgeMs }: StreamMetadata): number {
  return maxAgeMs === undefined ? Number.NEGATIVE_INFINITY : Date.now() - maxAgeMs;
}
