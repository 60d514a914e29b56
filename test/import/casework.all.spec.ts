import { caseworkColumns, caseworkProfile } from '../../apps/cli/src/import/casework.profile.js';
import { openRows } from '../../apps/cli/src/import/row-source.js';
import { describeWithData } from './real-data.fixture.js';

const patience = 300_000; // milliseconds

// Read only: to bring all of them in takes minutes, and is measured in the bench.
describeWithData('The casework of all years', ['nyc_council_casework_all.csv.gz'], ([file = '']) => {
  it(
    'is 341,299 rows with 105 repeated keys; 14,142 are open, 117,842 were closed on the day they came',
    async () => {
      const { read } = caseworkProfile();
      const keys = new Set<string>();
      const counts = { rows: 0, open: 0, sameDay: 0 };
      for await (const { cells = {} } of (await openRows(file, caseworkColumns)).rows) {
        const { key, loggedAt, steps } = read(cells);
        const last = steps.at(-1);
        keys.add(key);
        counts.rows += 1;
        if (last?.command.type !== 'Close') counts.open += 1;
        else if (last.at === loggedAt) counts.sameDay += 1;
      }
      expect(counts).toEqual({ rows: 341_299, open: 14_142, sameDay: 117_842 });
      expect(counts.rows - keys.size).toBe(105);
    },
    patience,
  );
});
