import type { Rate, Rates, RatesRow } from './rates.js';

const of = (n: number, percent: number | null, ...[low, high]: number[]): Rate => ({
  n,
  percent,
  interval: low === undefined || high === undefined ? null : { low, high },
});

const nothing: RatesRow = {
  unit: null,
  name: null,
  rank: null,
  received: 0,
  resolved: 0,
  validCallbacks: 0,
  contacted: 0,
  resolvedByCallback: 0,
  satisfied: 0,
  mostlySatisfied: 0,
  response: of(0, null),
  resolution: of(0, null),
  satisfaction: of(0, null),
  composite: null,
  onTime: of(0, null),
  resolvedLate: 0,
  overdue: 0,
  returns: of(0, null),
  reopens: of(0, null),
  repeats: of(0, null),
};

const wuye: RatesRow = {
  unit: 'wuye-yf',
  name: '永丰物业',
  rank: 1,
  received: 20,
  resolved: 18,
  validCallbacks: 15,
  contacted: 15,
  resolvedByCallback: 14,
  satisfied: 12,
  mostlySatisfied: 1,
  response: of(15, 100, 79.6, 100),
  resolution: of(15, 93.3, 70.1, 98.9),
  satisfaction: of(15, 86, 60.8, 96.1),
  composite: 91.1,
  onTime: of(24, 83.3, 64.1, 93.4),
  resolvedLate: 3,
  overdue: 1,
  returns: of(22, 9.1, 2.5, 27.9),
  reopens: of(18, 5.6, 0.9, 25.8),
  repeats: of(19, 10.5, 2.9, 31.4),
};

/** Nobody was asked about it. */
export const unasked = (name: string): RatesRow => ({
  ...nothing,
  unit: 'u',
  name,
  received: 3,
  resolved: 2,
});

/** An answer of the station whose units are one that has rates and these. */
export const ratesExample = (...others: RatesRow[]): Rates => ({
  district: '海淀区',
  window: { by: 'creation', from: '2026-10-24', to: '2026-11-22' },
  asOf: { position: '48213', recordedAt: '2026-11-22T02:30:00.000Z' },
  policy: {
    version: '海淀区@2',
    weights: { response: 10, satisfaction: 40, resolution: 50 },
    mostlySatisfied: 90,
    minimumSample: 5,
    units: ['wuye-yf', 'u'],
    exclusions: ['历史遗留'],
  },
  units: [wuye, ...others],
  unlisted: { ...nothing, received: 1 },
  total: { ...wuye, unit: null, name: null, rank: null, received: 21 + 3 * others.length },
  meanOfUnits: { response: 100, resolution: 93.3, satisfaction: 86, composite: 91.1 },
});
