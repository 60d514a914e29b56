import { durationsIn } from './durations.js';

/** Durations in order: each value once, and how many there are up to it, itself included. */
export type Run = { readonly values: Int32Array; readonly upTo: Int32Array };

/** What a list (see durations.ts) comes to. Exact: it forgets the order and nothing else. */
export function runOf(list: string): Run {
  const all = durationsIn(list).sort();
  const [values, upTo] = [new Int32Array(all.length), new Int32Array(all.length)];
  let distinct = 0;
  for (let index = 0; index < all.length; index += 1) {
    if (index > 0 && all[index] !== all[index - 1]) distinct += 1;
    values[distinct] = all[index] as number;
    upTo[distinct] = index + 1;
  }
  const length = all.length === 0 ? 0 : distinct + 1;
  return { values: values.slice(0, length), upTo: upTo.slice(0, length) };
}

export const sizeOf = (runs: readonly Run[]): number =>
  runs.reduce((size, { upTo }) => size + (upTo.at(-1) ?? 0), 0);

/**
 * The smallest value that at least so many percent of all in the runs do not exceed (nearest rank); `null` of nothing.
 * Rounding keeps order, so this is the true percentile, rounded. The value is searched for by halves, each time counting in
 * every run how many do not exceed it: what the runs hold is neither put together nor moved.
 */
export function nearestRank(runs: readonly Run[], percent: number): number | null {
  const rank = Math.ceil((percent * sizeOf(runs)) / 100);
  if (rank === 0) return null;
  const filled = runs.filter(({ values }) => values.length > 0);
  let low = Math.min(...filled.map(({ values }) => values[0] as number));
  let high = Math.max(...filled.map(({ values }) => values.at(-1) as number));
  while (low < high) {
    const middle = low + Math.floor((high - low) / 2);
    const count = filled.reduce((sum, run) => sum + countUpTo(run, middle), 0);
    if (count < rank) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many do not exceed a value. */
export function countUpTo({ values, upTo }: Run, most: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] as number) <= most) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? 0 : (upTo[low - 1] as number);
}
