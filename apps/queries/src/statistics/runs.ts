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

export function sizeOf(runs: readonly Run[]): number {
  let size = 0;
  for (const { upTo } of runs) size += countBefore({ upTo }, upTo.length);
  return size;
}

/**
 * The smallest value that at least so many percent of all in the runs do not exceed (nearest rank); `null` of nothing.
 * Rounding keeps order, so this is the true percentile, rounded. It lies between the least and the greatest of those that the
 * runs have each for itself, and is searched for there by halves, each time counting in every run how many do not exceed it: what
 * the runs hold is neither put together nor moved, and a run in which nothing can change any more is not looked at again.
 */
export function nearestRank(runs: readonly Run[], percent: number): number | null {
  const filled = runs.filter(({ values }) => values.length > 0);
  if (filled.length === 0) return null;
  const rank = rankIn(sizeOf(filled), percent);
  const own = filled.map((run) => ownRank(run, percent));
  let [low, high] = [Math.min(...own), Math.max(...own)];
  let below = 0;
  let searched = filled.map((run) => ({ run, from: 0, to: run.values.length, middle: 0 }));
  while (low < high) {
    const middle = low + Math.floor((high - low) / 2);
    let count = below;
    for (const stretch of searched) {
      stretch.middle = firstAbove(stretch.run.values, middle, stretch);
      count += countBefore(stretch.run, stretch.middle);
    }
    const above = count < rank;
    if (above) low = middle + 1;
    else high = middle;
    for (const stretch of searched) {
      if (above) stretch.from = stretch.middle;
      else stretch.to = stretch.middle;
      if (stretch.from === stretch.to) below += countBefore(stretch.run, stretch.from);
    }
    searched = searched.filter(({ from, to }) => from < to);
  }
  return low;
}

const rankIn = (size: number, percent: number): number => Math.ceil((percent * size) / 100);

/** The nearest rank of one run, which is not empty. */
function ownRank({ values, upTo }: Run, percent: number): number {
  const rank = rankIn(countBefore({ upTo }, upTo.length), percent);
  return values[firstAbove(upTo, rank - 1, { from: 0, to: upTo.length })] as number;
}

/** How many do not exceed a value. */
export function countUpTo({ values, upTo }: Run, most: number): number {
  return countBefore({ upTo }, firstAbove(values, most, { from: 0, to: values.length }));
}

const countBefore = ({ upTo }: Pick<Run, 'upTo'>, index: number): number =>
  index === 0 ? 0 : (upTo[index - 1] as number);

/** Where in a stretch of ascending values the first one is that exceeds `most`; its end where none does. */
function firstAbove(values: Int32Array, most: number, stretch: { from: number; to: number }): number {
  let { from, to } = stretch;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((values[middle] as number) <= most) from = middle + 1;
    else to = middle;
  }
  return from;
}
