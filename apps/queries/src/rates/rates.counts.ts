import type { RatePolicy } from '#policies';
import type { Handler } from '#requests';
import { type Share, share } from '#rates';
import { type RateName, rateNames } from './rates.measures.js';

const plain = [
  'received',
  'resolved',
  'partlyResolved',
  'satisfied',
  'mostlySatisfied',
  'resolvedLate',
  'overdue',
] as const;

type Count = (typeof plain)[number] | `${RateName}_of` | `${RateName}_is`;

/** What was counted of a set of requests; `…_of` is below a rate's line, `…_is` above it. */
export type RatesCounts = Readonly<Record<Count, number>>;

/** What stands for a unit under one of its names, as far as it was counted; `since` says when it was last heard of so. */
export type UnitCounts = {
  lead: string | null;
  name: string | null;
  kind: Handler['kind'] | null;
  since: string;
} & Partial<RatesCounts>;

const all: readonly Count[] = [
  ...plain,
  ...rateNames.flatMap((rate) => [`${rate}_of`, `${rate}_is`] as const),
];

/** Pooled: what all of them together are counted as. */
export const sumOf = (parts: readonly Partial<RatesCounts>[]): RatesCounts =>
  Object.fromEntries(
    all.map((count) => [count, parts.reduce((sum, part) => sum + (part[count] ?? 0), 0)]),
  ) as RatesCounts;

/** The share of a rate. What a mostly satisfied resident counts is said by the policy, in hundredths. */
export function shareOf(
  counts: RatesCounts,
  rate: RateName,
  { mostlySatisfied: w }: Pick<RatePolicy, 'mostlySatisfied'>,
): Share {
  const of = counts[`${rate}_of`];
  if (rate !== 'satisfaction') return share(counts[`${rate}_is`], of);
  return share(100 * counts.satisfied + w * counts.mostlySatisfied, of, 100);
}
