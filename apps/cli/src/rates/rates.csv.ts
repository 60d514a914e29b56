import type { Rates } from './rates.js';
import { type Cell, columns, sheetOf } from './rates.sheet.js';

/**
 * For spreadsheets that ask nothing (Excel, WPS): the mark tells them that it is UTF-8, and no text of ours becomes a formula
 * (the apostrophe of OWASP, "CSV Injection") or loses digits as a number.
 */
export function csvOf(rates: Rates): string {
  const { header, rows, notes } = sheetOf(rates);
  const lines = [
    header.map(text),
    ...rows.map((cells) => cells.map((cell, index) => written(cell, columns[index - 1]?.decimals))),
    [],
    ...notes.map((note) => [text(note)]),
  ];
  return `\uFEFF${lines.map((cells) => `${cells.join(',')}\r\n`).join('')}`;
}

function written(cell: Cell, decimals?: number): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return decimals ? cell.toFixed(decimals) : String(cell);
  return text(cell);
}

// A spreadsheet keeps fifteen digits of a number, shows twelve of them as 1.1E+11 and drops zeros in front: a tab makes it text.
const asNumber = /^(0\d+|\d{12,})$/;
const formula = /^[=+\-@\t\r\n]/;

function text(value: string): string {
  const guarded = formula.test(value) ? `'${value}` : asNumber.test(value) ? `\t${value}` : value;
  return /[",\r\n\t]|^\s|\s$/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
