import type { EChartsCoreOption } from 'echarts/core';
import type { DistrictStatistics } from '../statistics/statistics.view.js';
import type { Month } from './month.js';

/** Pixels on the screen; on paper it fills a page across. */
export const size = { width: 1_000, height: 720 };

// Where a browser or an office program finds Chinese characters, whatever the system. Single quotes: it becomes part of an
// attribute as it is.
const fontFamily =
  "'Noto Sans CJK SC','Source Han Sans SC','Source Han Sans','Microsoft YaHei','PingFang SC',sans-serif";

// Greys that stay apart on a printer without colours, each with an outline.
const ink = '#1a1a1a';
const light = { color: '#e6e6e6', borderColor: ink, borderWidth: 0.8 };
const dark = { color: '#5a5a5a', borderColor: ink, borderWidth: 0.8 };

const panels = [
  { top: 128, height: 210, left: 56, right: 24 },
  { top: 448, height: 208, left: 56, width: 400 },
  { top: 448, height: 208, left: 548, right: 24 },
];

/** The statistics of a district's month as three pictures; every bar is a figure of theirs and has it written above. */
export function chartOption(statistics: DistrictStatistics, { year, month, days }: Month): EChartsCoreOption {
  const { district, whole, byDay, openByAge, resolvedByHours, asOf } = statistics;
  const daily = new Map(byDay.map((figures) => [figures.day, figures]));
  const onDays = (figure: 'logged' | 'resolved') => days.map((day) => daily.get(day)?.[figure] ?? 0);
  const open = openByAge.ages.reduce((sum, age) => sum + age.open, 0);
  const { n, median, p90 } = whole.hoursToResolution;
  const hours = n === 0 ? '–' : `中位数 median ${median}，九成不超过 90th percentile ${p90}`;
  return {
    animation: false,
    backgroundColor: '#fff',
    textStyle: { fontFamily, color: ink },
    title: [
      heading(`${district}  ${year}年${month}月  诉求统计`, 16, 20),
      note(`当月登记 logged ${whole.logged}，其中已办结 resolved ${whole.resolved}`, 48, 20),
      note(`截至 as of ${asOf.recordedAt ?? '–'}（位置 position ${asOf.position}）`, 68, 20),
      heading('按登记日：登记与其中已办结  By day of logging: logged, and resolved of these', 98, 14),
      heading(`未办结时长（件，共${open}）  Open by age`, 396, 14),
      note(`登记于${month}月底前、至 ${openByAge.day ?? '–'} 仍未办结`, 418, 20),
      { ...heading('办结用时（件）  Hours to resolution', 396, 14), left: 516 },
      { ...note(`小时 hours: ${hours}（n=${n}）`, 418, 14), left: 516 },
    ],
    legend: {
      top: 96,
      right: 24,
      data: ['登记 logged', '办结 resolved'],
      textStyle: { fontFamily, color: ink, fontSize: 12 },
      selectedMode: false,
    },
    grid: panels,
    xAxis: [
      names(
        0,
        days.map((day) => String(Number(day.slice(8)))),
      ),
      names(1, openByAge.ages.map(ageName)),
      names(2, resolvedByHours.map(hoursName)),
    ],
    yAxis: panels.map((_, gridIndex) => ({
      gridIndex,
      type: 'value',
      minInterval: 1,
      // Room for the figure above the highest bar.
      boundaryGap: [0, '8%'],
      axisLabel: { color: ink, fontFamily },
      splitLine: { lineStyle: { color: '#ccc' } },
    })),
    series: [
      bars('登记 logged', 0, light, onDays('logged'), 9),
      bars('办结 resolved', 0, dark, onDays('resolved'), 9),
      bars(
        '未办结 open',
        1,
        light,
        openByAge.ages.map((age) => age.open),
        12,
      ),
      bars(
        '办结用时 hours',
        2,
        dark,
        resolvedByHours.map(({ resolved }) => resolved),
        12,
      ),
    ],
  };
}

type Ages = DistrictStatistics['openByAge']['ages'];
type Hours = DistrictStatistics['resolvedByHours'];

const ageName = ({ fromDays, toDays }: Ages[number]): string =>
  toDays === null ? `${fromDays}天以上` : `${fromDays}–${toDays}天`;

const hoursName = ({ overHours, toHours }: Hours[number]): string =>
  toHours === null ? `超过${overHours / 24}天` : toHours > 24 ? `≤${toHours / 24}天` : `≤${toHours}小时`;

const heading = (text: string, top: number, fontSize: number) => ({
  text,
  top,
  left: 20,
  padding: 0,
  textStyle: { fontFamily, fontSize, fontWeight: 'bold', color: ink },
});

const note = (text: string, top: number, left: number) => ({
  ...heading(text, top, 12),
  left,
  textStyle: { fontFamily, fontSize: 12, fontWeight: 'normal', color: ink },
});

const names = (gridIndex: number, data: string[]) => ({
  gridIndex,
  type: 'category',
  data,
  axisTick: { show: false },
  axisLine: { lineStyle: { color: ink } },
  axisLabel: { color: ink, fontFamily, interval: 0, fontSize: 11 },
});

const bars = (name: string, panel: number, itemStyle: object, data: number[], fontSize: number) => ({
  name,
  type: 'bar',
  xAxisIndex: panel,
  yAxisIndex: panel,
  silent: true,
  barGap: '0%',
  itemStyle,
  data,
  // A day without any has nothing above it.
  label: {
    show: true,
    position: 'top',
    fontFamily,
    fontSize,
    color: ink,
    formatter: ({ value }: { value: unknown }) => (panel === 0 && value === 0 ? '' : String(value)),
  },
});
