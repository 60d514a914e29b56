import type { Rate, Rates, RatesRow } from './rates.js';

/** Empty where there is nothing to say: a unit that nobody was asked about has no rate, not the rate 0. */
export type Cell = string | number | null;

/** The table as an office hands it on: one line of names, a line for each unit, and what has to be known to read it. */
export type Sheet = { header: string[]; rows: Cell[][]; notes: string[] };

type Column = { zh: string; decimals?: 1; of: (row: RatesRow, rates: Rates) => Cell };

const percent = ({ percent: value }: Rate): Cell => value;

/** All of the columns after the running number. */
export const columns: readonly Column[] = [
  { zh: '承办单位', of: (row, rates) => nameOf(row, rates) },
  { zh: '受理量', of: ({ received }) => received },
  { zh: '办结量', of: ({ resolved }) => resolved },
  { zh: '有效回访', of: ({ validCallbacks }) => validCallbacks },
  { zh: '联系数', of: ({ contacted }) => contacted },
  { zh: '解决数', of: ({ resolvedByCallback }) => resolvedByCallback },
  { zh: '满意数', of: ({ satisfied }) => satisfied },
  { zh: '基本满意', of: ({ mostlySatisfied }) => mostlySatisfied },
  { zh: '响应率', decimals: 1, of: ({ response }) => percent(response) },
  { zh: '解决率', decimals: 1, of: ({ resolution }) => percent(resolution) },
  { zh: '满意率', decimals: 1, of: ({ satisfaction }) => percent(satisfaction) },
  { zh: '综合成绩', decimals: 1, of: ({ composite }) => composite },
  { zh: '排名', of: ({ rank }) => rank },
];

export function nameOf(row: RatesRow, { unlisted, total }: Rates): string {
  if (row === total) return '合计';
  if (row === unlisted) return '未列入';
  return row.name ?? row.unit ?? '';
}

/** Units in the order of the answer, then what no unit answers for, then the sum of all of them. */
export function sheetOf(rates: Rates): Sheet {
  const line = (number: Cell) => (row: RatesRow) => [number, ...columns.map(({ of }) => of(row, rates))];
  return {
    header: ['序号', ...columns.map(({ zh }) => zh)],
    rows: [
      ...rates.units.map((row, index) => line(index + 1)(row)),
      ...[rates.unlisted, rates.total].map(line(null)),
    ],
    notes: notesOf(rates),
  };
}

function notesOf({ district, window, asOf, policy, total }: Rates): string[] {
  const { response, resolution, satisfaction } = policy.weights;
  const basis = window.by === 'closing' ? '按办结日 by closing' : '按登记日 by creation';
  return [
    `${district}  ${window.from} – ${window.to}  ${basis}`,
    `截至 as of ${asOf.recordedAt ?? '–'} (${asOf.position})`,
    `考核规则 policy ${policy.version}：响应 ${response}、解决 ${resolution}、满意 ${satisfaction}，基本满意按 ${policy.mostlySatisfied}% 计`,
    `率为百分数，空格为无从计算  rates in percent, empty where there is none`,
    `响应率以问及单位是否联系过的 ${total.response.n} 件为准  response rate: of ${total.response.n} who were asked whether the unit had been in touch`,
    `有效回访（或问及联系的）不足 ${policy.minimumSample} 件不排名  no rank below ${policy.minimumSample} valid callbacks, or so many asked`,
    ...(policy.units
      ? [
          `名单内 ${policy.units.length} 个单位，其余计入未列入  ${policy.units.length} units on the list, others unlisted`,
        ]
      : []),
    ...(policy.exclusions ? [`不计入的类别 categories left out: ${policy.exclusions.join('、')}`] : []),
  ];
}
