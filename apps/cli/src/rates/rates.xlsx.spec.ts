import { readXlsx } from 'hucre';
import { ratesExample, unasked } from './rates.example.js';
import { sheetOf } from './rates.sheet.js';
import { xlsxOf } from './rates.xlsx.js';

// Read by another library than the one that wrote it.
async function rowsOf(...names: string[]) {
  const rates = ratesExample(...names.map(unasked));
  const { sheets } = await readXlsx(await xlsxOf(rates));
  expect(sheets.map(({ name }) => name)).toEqual(['考核指标']);
  return { rows: sheets[0]?.rows ?? [], sheet: sheetOf(rates) };
}

const filled = (cells: readonly unknown[] = []) => [...cells, ...Array(14).fill(null)].slice(0, 14);

describe('rates as a workbook', () => {
  it('read back as the table they are: numbers as numbers, and nothing where there is no rate', async () => {
    const { rows, sheet } = await rowsOf('施工队');
    expect(rows[0]).toEqual(sheet.header);
    expect(rows.slice(1, 5).map(filled)).toEqual(sheet.rows);
    expect(filled(rows[2]).slice(9)).toEqual([null, null, null, null, null]);
  });

  it('say below what they were made of', async () => {
    const { rows, sheet } = await rowsOf();
    expect(rows.slice(-sheet.notes.length).map(([note]) => note)).toEqual(sheet.notes);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '110108123456789012', '007', '2026-11-22', 'A & <B> "C"'])(
    'hold %j as the text it is',
    async (name) => {
      const { rows } = await rowsOf(name);
      expect(rows[2]?.[1]).toBe(name);
    },
  );
});
