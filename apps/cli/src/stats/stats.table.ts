import Table from 'cli-table3';
import type { Figures, Statistics } from './stats.js';

type Column = { zh: string; en: string; of: (figures: Figures) => string };

const count = (zh: string, en: string, of: (figures: Figures) => number): Column => ({
  zh,
  en,
  of: (figures) => String(of(figures)),
});
const tenths = (value: number | null): string => (value === null ? '–' : value.toFixed(1));

const columns: Column[] = [
  count('登记', 'logged', ({ logged }) => logged),
  count('办结', 'resolved', ({ resolved }) => resolved),
  count('未结', 'open', ({ open }) => open),
  count('撤回', 'withdrawn', ({ withdrawn }) => withdrawn),
  count('剔除', 'excluded', ({ excluded }) => excluded),
  count('升级', 'escalated', ({ escalated }) => escalated),
  count('退单', 'returned', ({ returned }) => returned),
  count('重开', 'reopened', ({ reopened }) => reopened),
  count('并单', 'merged', ({ merged }) => merged),
  count('子诉求', 'parts', ({ parts }) => parts),
  { zh: '办结率 %', en: 'resolved %', of: ({ resolutionRate }) => tenths(resolutionRate) },
  { zh: '首次响应 小时', en: 'h to response', of: ({ hoursToFirstResponse }) => hours(hoursToFirstResponse) },
  { zh: '办结 小时', en: 'h to resolution', of: ({ hoursToResolution }) => hours(hoursToResolution) },
];

const hours = ({ n, median, p90 }: Figures['hoursToResolution']): string =>
  n === 0 ? '–' : `${tenths(median)} / ${tenths(p90)} (${n})`;

const daysShown = 31;

/** The figures for a terminal. Days are shown where there are few; `--json` has all of them. */
export function tableOf({ district, window, asOf, whole, ...parts }: Statistics): string {
  const table = new Table({
    head: ['', ...columns.map(({ zh, en }) => `${zh}\n${en}`)],
    colAligns: ['left', ...columns.map(() => 'right' as const)],
    style: { head: [], border: [], compact: true },
  });
  const row = (name: string, figures: Figures) => table.push([name, ...columns.map(({ of }) => of(figures))]);
  const heading = (title: string) => table.push([{ content: title, colSpan: columns.length + 1 }]);
  row('合计 whole', whole);
  heading('按驿站 by station');
  for (const figures of parts.byStation)
    row(`  ${figures.station} ${figures.name ?? '未列 unlisted'}`, figures);
  heading('按类别 by category');
  for (const figures of parts.byCategory)
    row(`  ${figures.listed ? figures.category : '未列 unlisted'}`, figures);
  const { byDay } = parts;
  if (byDay.length <= daysShown) {
    heading('按日 by day');
    for (const figures of byDay) row(`  ${figures.day}`, figures);
  }
  const basis = window.by === 'closing' ? '按办结日 by closing' : '按登记日 by creation';
  return [
    `${district}  ${window.from ?? '…'} – ${window.to ?? '…'}  ${basis}`,
    table.toString(),
    '小时：中位数 / 第九十百分位（件数）  hours: median / 90th percentile (n)',
    ...(byDay.length > daysShown ? [`${byDay.length} 天，见 --json  ${byDay.length} days: see --json`] : []),
    `截至 as of ${asOf.recordedAt ?? '–'} (${asOf.position})`,
    '',
  ].join('\n');
}
