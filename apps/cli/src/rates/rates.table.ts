import Table from 'cli-table3';
import type { Rates } from './rates.js';
import { besideTable, meanLine } from './rates.beside.js';
import { type Cell, columns, sheetOf } from './rates.sheet.js';

const english = [
  'unit',
  'received',
  'resolved',
  'valid callbacks',
  'contacted',
  'solved',
  'satisfied',
  'mostly',
  'response %',
  'solved %',
  'satisfied %',
  'score',
  'rank',
];

const shown = (cell: Cell, decimals?: number): string => {
  if (cell === null) return '–';
  return typeof cell === 'number' && decimals ? cell.toFixed(decimals) : String(cell);
};

/** The rates for a terminal: as an office has them, and below what stands beside them. */
export function tableOf(rates: Rates): string {
  const { rows, notes } = sheetOf(rates);
  const [title = '', ...rest] = notes;
  const table = new Table({
    head: ['序号\n#', ...columns.map(({ zh }, index) => `${zh}\n${english[index]}`)],
    colAligns: ['right', 'left', ...columns.slice(1).map(() => 'right' as const)],
    style: { head: [], border: [], compact: true },
  });
  for (const [number = null, ...cells] of rows) {
    table.push([
      number === null ? '' : String(number),
      ...cells.map((cell, index) => shown(cell, columns[index]?.decimals)),
    ]);
  }
  return [title, table.toString(), meanLine(rates), besideTable(rates), ...rest, ''].join('\n');
}
