import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { root } from '../processes/spawned.process.js';

const folder = resolve(process.env['YIZHAN_DATA'] || join(root, '../shared/data'));

/**
 * Specs on real records. They are not part of the project: where they are absent these specs say so aloud, and fail on CI.
 * Named by `YIZHAN_DATA`, `../shared/data` by default.
 */
export function describeWithData(name: string, files: string[], specs: (paths: string[]) => void): void {
  const paths = files.map((file) => join(folder, file));
  const absent = paths.filter((path) => !existsSync(path));
  if (absent.length === 0) return describe(name, () => specs(paths));
  const sentence = `Not tested: there is no ${absent.join(', ')}. Set YIZHAN_DATA to the folder of the real records.`;
  if (process.env['CI'] === 'true') {
    return describe(name, () => {
      it('has its records', () => {
        throw new Error(sentence);
      });
    });
  }
  console.warn(`${name}\n${sentence}`);
  describe.skip(name, () => specs(paths));
}

/** The rows of a small CSV as they stand, read apart from the program that is tested. */
export const rowsOf = (path: string, more: object = {}): Record<string, string>[] =>
  parse(readFileSync(path), { columns: true, bom: true, ...more });

export function countBy<Row>(rows: Row[], name: (row: Row) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(name(row), (counts.get(name(row)) ?? 0) + 1);
  return counts;
}
