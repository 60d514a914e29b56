import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type StationProcess, endProcesses, startStation } from '../processes/station.process.js';
import { describeWithData, rowsOf } from './real-data.fixture.js';
import { type Ask, everyRequest, readingOf } from './station.reading.js';
import { type Figures, imported } from './yizhan.process.js';

const patience = 600_000; // milliseconds

describeWithData(
  'The rows that went wrong in New York',
  ['nyc_council_casework_dirty.csv'],
  ([file = '']) => {
    const rows = rowsOf(file);
    const keys = new Set(rows.map((row) => row['unique_key']));
    let figures: Figures;
    let station: StationProcess;
    let copy: string;
    let ask: Ask;
    beforeAll(async () => {
      station = await startStation();
      copy = join(station.home, 'dirty.csv');
      await copyFile(file, copy);
      figures = await imported(station.home, 'casework', copy);
      ask = await readingOf(station);
    }, patience);
    afterAll(endProcesses, patience);

    it('are the 910 malformed postcodes, 105 repeated keys and 4 garbled places of the facts', () => {
      expect(rows).toHaveLength(1_122);
      expect(rows.filter((row) => !/^(\d{5})?$/.test(row['zip'] ?? ''))).toHaveLength(910);
      expect(rows.length - keys.size).toBe(105);
      expect(rows.filter((row) => /Ã/.test(Object.values(row).join()))).toHaveLength(4);
    });

    // Neither the postcode nor the city is read, so that neither makes a case untrue.
    it('come in once each; only the repeated keys are duplicates', () => {
      expect(figures).toMatchObject({ rows: 1_122, accepted: 1_017, duplicates: 105, quarantined: 0 });
    });

    it(
      'stand under their keys, and the half-filled repetition changes nothing',
      async () => {
        const shown = await everyRequest(ask);
        expect(new Set(shown.map(({ source }) => source.key))).toEqual(keys);
        const first = new Map(rows.toReversed().map((row) => [row['unique_key'], row]));
        const district = new Map(shown.map(({ source, residentDistrict }) => [source.key, residentDistrict]));
        const expected = [...first].map(([key, row]) => [key, row['council_dist'] || null]);
        expect(Object.fromEntries(district)).toEqual(Object.fromEntries(expected));
      },
      patience,
    );

    it(
      'append nothing when they come again',
      async () => {
        const again = await imported(station.home, 'casework', copy);
        expect(again).toEqual({ rows: 1_122, accepted: 0, duplicates: 1_122, quarantined: 0, events: 0 });
      },
      patience,
    );

    it(
      'go to quarantine, every one of them, once their opening day is gone',
      async () => {
        const text = await readFile(file, 'utf8');
        const spoilt = join(station.home, 'spoilt.csv');
        await writeFile(spoilt, text.replaceAll(/,(\d{4})-\d\d-\d\d,/g, ',$1-13-40,'));
        const expected = { rows: 1_122, accepted: 0, duplicates: 0, quarantined: 1_122, events: 0 };
        expect(await imported(station.home, 'casework', spoilt)).toEqual(expected);
        const aside = rowsOf(`${spoilt}.quarantine.csv`);
        expect(new Set(aside.map((row) => row['reason']))).toEqual(new Set(['unreadable-date']));
        expect(aside.map((row) => row['unique_key'])).toEqual(rows.map((row) => row['unique_key']));
      },
      patience,
    );
  },
);
