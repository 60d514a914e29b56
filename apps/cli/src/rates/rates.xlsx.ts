import writeExcelFile, { type CellObject } from 'write-excel-file/node';
import type { Rates } from './rates.js';
import { type Cell, columns, sheetOf } from './rates.sheet.js';

const bold = { fontWeight: 'bold' } as const;
const frame = { borderStyle: 'thin' } as const;

/** A workbook with one sheet. A text is told to be a text: none is a formula, none a number. */
export async function xlsxOf(rates: Rates): Promise<Buffer> {
  const { header, rows, notes } = sheetOf(rates);
  const last = rows.length - 1;
  const data = [
    header.map((name) => ({ ...textCell(name), ...bold, ...frame, align: 'center' as const })),
    ...rows.map((cells, row) =>
      cells.map((cell, index) => ({
        ...typed(cell, columns[index - 1]?.decimals),
        ...frame,
        ...(row === last && bold),
      })),
    ),
    [],
    ...notes.map((note) => [textCell(note)]),
  ];
  const widths = header.map((_, index) => ({ width: [6, 24][index] ?? 10 }));
  return writeExcelFile(data, {
    sheet: '考核指标',
    orientation: 'landscape',
    stickyRowsCount: 1,
    columns: widths,
  }).toBuffer();
}

const textCell = (value: string): CellObject => ({ value, type: String });

function typed(cell: Cell, decimals?: number): CellObject {
  if (cell === null) return {};
  if (typeof cell === 'string') return textCell(cell);
  return { value: cell, type: Number, ...(decimals && { format: '0.0' }) };
}
