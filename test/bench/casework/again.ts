import { caseworkColumns } from '../../../apps/cli/src/import/casework.profile.js';
import { type Row, openRows } from '../../../apps/cli/src/import/row-source.js';

/** The rows of a casework file, and again from its beginning, for ever: each time as cases of their own. */
export async function* again(file: string): AsyncGenerator<Row> {
  for (let round = 1; ; round += 1) {
    const { rows } = await openRows(file, caseworkColumns);
    for await (const row of rows) yield round === 1 ? row : anew(row, round);
  }
}

const anew = (row: Row, round: number): Row =>
  row.cells ? { ...row, cells: { ...row.cells, unique_key: `${row.cells['unique_key']}~${round}` } } : row;
