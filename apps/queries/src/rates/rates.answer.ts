import type { RatePolicy } from '#policies';
import { type Share, compositeOf, meanOf, ranksOf, tenthsOf, wilson } from '#rates';
import type { Handler } from '#requests';
import { type RatesCounts, type UnitCounts, shareOf, sumOf } from './rates.counts.js';
import type { RatesFrame } from './rates.frame.js';
import type { DistrictRates, RateView, RatesFigures, RatesRow } from './rates.view.js';

/**
 * The table of a district, from what was counted: the same counts give the same bytes, in whatever order they come. Who is of an
 * unnamed kind has a row without a name.
 */
export function districtRates(
  { policy, ...frame }: RatesFrame,
  asCounted: readonly UnitCounts[],
  unnamed: readonly Handler['kind'][],
): DistrictRates {
  const { rates } = policy;
  const counted = asCounted.map((unit) => (isListed(unit, rates) ? unit : { ...unit, lead: null }));
  const units = unitsOf(counted.filter(({ lead }) => lead !== null)).map((unit) => ({
    ...unit,
    figures: figuresOf(unit.counts, rates),
  }));
  const ranks = ranksOf(
    units.map(({ figures }) => ({ ...figures, sample: sampleOf(figures, rates) })),
    rates.minimumSample,
  );
  const rows = units.map(({ unit, name, kinds, figures }, index) => ({
    ...(unnamed.some((kind) => kinds.includes(kind)) ? { unit: null, name: null } : { unit, name }),
    listed: true,
    rank: ranks[index] ?? null,
    ...shown(figures),
  }));
  return {
    district: frame.district,
    window: frame.window,
    asOf: frame.asOf,
    policy: policyView(policy),
    units: rows.sort(order),
    unlisted: rest(
      counted.filter(({ lead }) => lead === null),
      rates,
    ),
    total: rest(counted, rates),
    meanOfUnits: {
      response: decimal(meanOf(units.map(({ figures }) => tenthsOf(figures.response)))),
      resolution: decimal(meanOf(units.map(({ figures }) => tenthsOf(figures.resolution)))),
      satisfaction: decimal(meanOf(units.map(({ figures }) => tenthsOf(figures.satisfaction)))),
      composite: decimal(meanOf(units.map(({ figures }) => figures.composite))),
    },
  };
}

const isListed = ({ lead }: UnitCounts, { units }: RatePolicy): boolean =>
  lead !== null && (units?.includes(lead) ?? true);

export const policyView = ({ version, rates }: RatesFrame['policy']): DistrictRates['policy'] => ({
  version,
  weights: rates.weights,
  mostlySatisfied: rates.mostlySatisfied,
  minimumSample: rates.minimumSample,
  units: rates.units ?? null,
  exclusions: rates.exclusions ?? null,
});

type Unit = { unit: string; name: string | null; kinds: UnitCounts['kind'][]; counts: RatesCounts };

// A unit that was called by several names is one unit, and called by the last of them.
function unitsOf(counted: readonly UnitCounts[]): Unit[] {
  // Of two names of the same moment the lead's is taken: it comes first.
  return [...Map.groupBy(counted, ({ lead }) => lead ?? '')].map(([unit, named]) => {
    const last = named.reduce((one, other) => (BigInt(other.since) > BigInt(one.since) ? other : one));
    return { unit, name: last.name, kinds: named.map(({ kind }) => kind), counts: sumOf(named) };
  });
}

type Figures = Record<
  'response' | 'resolution' | 'satisfaction' | 'onTime' | 'returns' | 'reopens' | 'repeats',
  Share
> &
  Pick<RatesFigures, 'received' | 'resolved' | 'partlyResolved' | 'satisfied' | 'mostlySatisfied'> &
  Pick<RatesFigures, 'resolvedLate' | 'overdue'> &
  Pick<RatesFigures, 'validCallbacks' | 'contacted' | 'resolvedByCallback' | 'composite'>;

/** `composite` in tenths. */
function figuresOf(counts: RatesCounts, policy: RatePolicy): Figures {
  const response = shareOf(counts, 'response', policy);
  const resolution = shareOf(counts, 'resolution', policy);
  const satisfaction = shareOf(counts, 'satisfaction', policy);
  return {
    received: counts.received,
    resolved: counts.resolved,
    validCallbacks: resolution.denominator,
    contacted: response.numerator,
    resolvedByCallback: resolution.numerator,
    partlyResolved: counts.partlyResolved,
    satisfied: counts.satisfied,
    mostlySatisfied: counts.mostlySatisfied,
    response,
    resolution,
    satisfaction,
    composite: compositeOf({ response, resolution, satisfaction }, policy),
    onTime: shareOf(counts, 'on-time', policy),
    resolvedLate: counts.resolvedLate,
    overdue: counts.overdue,
    returns: shareOf(counts, 'returns', policy),
    reopens: shareOf(counts, 'reopens', policy),
    repeats: shareOf(counts, 'repeats', policy),
  };
}

// Who was asked about the unit's contact is among the valid callbacks: the fewest that the composite is made of.
const sampleOf = ({ response, validCallbacks }: Figures, { weights }: RatePolicy): number =>
  weights.response > 0 ? response.denominator : validCallbacks;

const rest = (counted: readonly UnitCounts[], policy: RatePolicy): RatesRow => ({
  unit: null,
  name: null,
  listed: false,
  rank: null,
  ...shown(figuresOf(sumOf(counted), policy)),
});

function shown(figures: Figures): RatesFigures {
  return {
    ...figures,
    response: rateView(figures.response),
    resolution: rateView(figures.resolution),
    satisfaction: rateView(figures.satisfaction),
    composite: decimal(figures.composite),
    onTime: { basis: 'due', ...rateView(figures.onTime) },
    returns: rateView(figures.returns),
    reopens: rateView(figures.reopens),
    repeats: rateView(figures.repeats),
  };
}

function rateView(share: Share): RateView {
  const interval = wilson(share);
  return {
    n: share.denominator,
    ...share,
    percent: decimal(tenthsOf(share)),
    interval: interval && { low: interval.low / 10, high: interval.high / 10 },
  };
}

// The tenth part of a whole number is written with one decimal at most, whatever the float is.
const decimal = (tenths: number | null): number | null => (tenths === null ? null : tenths / 10);

const order = (one: RatesRow, other: RatesRow): number =>
  (one.rank ?? Infinity) - (other.rank ?? Infinity) || (String(one.unit) < String(other.unit) ? -1 : 1);
