/** Milliseconds before attempt n + 1: doubling from 0.2 s to 30 s, with up to half of it taken off so that many do not come at once. */
export const backOff = (attempt: number, random = Math.random()): number =>
  Math.min(200 * 2 ** (attempt - 1), 30_000) * (1 - random / 2);
