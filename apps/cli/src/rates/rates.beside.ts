import Table from 'cli-table3';
import type { Rate, Rates, RatesRow } from './rates.js';
import { nameOf } from './rates.sheet.js';

const nothing = '–';
const tenths = (value: number): string => value.toFixed(1);

const interval = ({ interval: found }: Rate): string =>
  found ? `${tenths(found.low)}–${tenths(found.high)}` : nothing;

const share = ({ percent, n }: Rate): string => (percent === null ? nothing : `${tenths(percent)} (${n})`);

const columns: readonly (readonly [head: string, of: (row: RatesRow) => string])[] = [
  ['响应区间\nresponse', ({ response }) => interval(response)],
  ['解决区间\nsolved', ({ resolution }) => interval(resolution)],
  ['满意区间\nsatisfied', ({ satisfaction }) => interval(satisfaction)],
  ['按期办结率\non time % (due)', ({ onTime }) => share(onTime)],
  ['逾期办结\nlate', ({ resolvedLate }) => String(resolvedLate)],
  ['逾期未办\noverdue', ({ overdue }) => String(overdue)],
  ['退单率\nreturned % (n)', ({ returns }) => share(returns)],
  ['重办率\nreopened % (n)', ({ reopens }) => share(reopens)],
  ['重复率\nrepeated % (n)', ({ repeats }) => share(repeats)],
];

/** Apart from the table of an office, which is as wide as a terminal already: how sure its rates are, and the other rates. */
export function besideTable(rates: Rates): string {
  const table = new Table({
    head: ['承办单位\nunit', ...columns.map(([head]) => head)],
    colAligns: ['left', ...columns.map(() => 'right' as const)],
    style: { head: [], border: [], compact: true },
  });
  for (const row of [...rates.units, rates.unlisted, rates.total]) {
    table.push([nameOf(row, rates), ...columns.map(([, of]) => of(row))]);
  }
  return [
    table.toString(),
    '区间为 95% 置信区间  intervals: Wilson, 95 %. 按期办结率按应办结日计  on time goes by the due day',
  ].join('\n');
}

/** Beside the pooled total, which it is not. */
export function meanLine({ meanOfUnits }: Rates): string {
  const { response, resolution, satisfaction, composite } = meanOfUnits;
  const [r, s, t, c] = [response, resolution, satisfaction, composite].map((mean) =>
    mean === null ? nothing : tenths(mean),
  );
  return `单位均值（不是合计）mean of units, not the total：响应 ${r}、解决 ${s}、满意 ${t}、综合 ${c}`;
}
