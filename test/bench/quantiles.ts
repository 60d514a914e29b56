/** The value below which `share` (0 to 1) of the values lie, by the nearest-rank method; NaN of nothing. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** p50 and p99 in milliseconds, as text. */
export function p50p99(milliseconds: readonly number[]): string {
  return `${ms(quantile(milliseconds, 0.5))} / ${ms(quantile(milliseconds, 0.99))}`;
}

export const ms = (value: number): string => `${value.toFixed(value < 10 ? 2 : 1)} ms`;

export const perSecond = (value: number, what = ''): string =>
  `${Math.round(value).toLocaleString('en')} ${what}/s`.replace(' /', '/');

export const times = (ratio: number): string => `${ratio.toFixed(2)}×`;
