import { stat } from 'node:fs/promises';
import { type StationProcess, endProcesses, startStation } from '../processes/station.process.js';
import { rowsOf } from './real-data.fixture.js';
import { everyRequest, readingOf } from './station.reading.js';
import { baltimore, casework, laidDown, register } from './written.fixture.js';
import { imported } from './yizhan.process.js';

const patience = 300_000; // milliseconds

const different = (length: number, first: number): string =>
  String.fromCodePoint(...Array.from({ length }, (_, index) => first + index));

/** Lines of a file, each with the reason it is set aside for; without one it is accepted. */
type Told = [line: string, reason?: string][];

const caseworkLines: Told = [
  ['K1,NYCC03,2022-01-01,2022-01-06,Health,COVID-19,NYCC03'],
  [',NYCC03,2022-01-01,,Health,COVID-19,NYCC03', 'missing-key'],
  ['K2,,2022-01-01,,Health,COVID-19,NYCC03', 'invalid-station'],
  ['K3,nycc 03,2022-01-01,,Health,COVID-19,NYCC03', 'invalid-station'],
  ['K4,NYCC03,,,Health,COVID-19,NYCC03', 'missing-date'],
  ['K5,NYCC03,01/02/2022,,Health,COVID-19,NYCC03', 'unreadable-date'],
  ['K6,NYCC03,2022-02-30,,Health,COVID-19,NYCC03', 'unreadable-date'],
  ['K7,NYCC03,1900-01-01,,Health,COVID-19,NYCC03', 'placeholder-date'],
  ['K8,NYCC03,2022-01-02,1900-01-01,Health,COVID-19,NYCC03', 'placeholder-date'],
  ['K9,NYCC03,2022-01-02,2022-01-01,Health,COVID-19,NYCC03', 'closed-before-created'],
  ['K10,NYCC03,2022-01-02,NULL,Health,COVID-19,NYCC03', 'null-text'],
  ['K11,NYCC03,2022-01-02,,null,COVID-19,NYCC03', 'null-text'],
  ['K12,NYCC03,2022-01-02', 'wrong-columns'],
  ['K13,NYCC03,2022-01-02,,Health,COVID-19,NYCC03,more', 'wrong-columns'],
  ['K14,NYCC03,2022-01-02,,Health,\uFFFD\uFFFD,NYCC03', 'unreadable-text'],
  [`K15,NYCC03,2022-01-02,,Health,${'x'.repeat(4_001)},NYCC03`, 'too-long'],
  ['K16,NYCC03,2022-01-02,,,,'],
  // Different characters, for PostgreSQL compresses equal ones before it measures what an index has to hold.
  [`K17,NYCC03,2022-01-02,,${different(1_500, 0x4e00)},,`, 'too-long'],
  [`K18,NYCC03,2022-01-02,,${different(200, 0x20000)},,`],
];

const baltimoreLines: Told = [
  ['B1,TRM-Potholes,Phone,03/10/2018 02:30:00 AM,Closed,,03/12/2018 09:00:00 AM,Transportation,6'],
  ['B2,TRM-Potholes,Phone,03/11/2018 02:30:00 AM,Open,,,Transportation,6', 'nonexistent-local-time'],
  ['B3,TRM-Potholes,API,11/04/2018 01:30:00 AM,Open,,,Transportation,'],
  ['B4,TRM-Potholes,API,11/04/2018 01:30:00,Open,,,Transportation,', 'unreadable-date'],
  ['B5,TRM-Potholes,API,11/04/2018 01:30:00 PM,Closed,,,Transportation,', 'closed-without-date'],
  [
    'B6,TRM-Potholes,API,11/04/2018 01:30:00 PM,Open,,11/05/2018 01:30:00 PM,Transportation,',
    'closed-while-open',
  ],
];

const registerLines: Told = [
  ['2026-11-22 08:10,王秀英,,5号楼,2,楼前路面结冰,阳光物业,物业已清理,2026-11-22 08:20,张连生'],
  ['2026-11-22 08:10,王秀英,,5号楼,2,,阳光物业,物业已清理,2026-11-22 08:20,张连生', 'missing-text'],
  [',王秀英,,5号楼,2,楼前路面结冰,阳光物业,,,张连生', 'missing-date'],
  ['22日早上,王秀英,,5号楼,2,楼前路面结冰,阳光物业,,,张连生', 'unreadable-date'],
  [`2026-11-22 08:10,李明,,5号楼,2,楼道灯不亮,${different(1_500, 0x4e00)},,,张连生`, 'too-long'],
  ['2026-11-22 08:10,李明,,5号楼,2,楼前路面结冰,物业,好了,2026-11-21 08:20,张连生', 'closed-before-created'],
];

describe('A row that cannot be true', () => {
  let station: StationProcess;
  beforeAll(async () => {
    station = await startStation();
  }, patience);
  afterAll(endProcesses, patience);

  it.each([
    ['casework', casework, caseworkLines, []],
    ['baltimore311', baltimore, baltimoreLines, []],
    ['register', register, registerLines, ['--station', 'YFXJ', '--district', '海淀区']],
  ] as const)(
    'of a %s file goes beside it with its line and a reason',
    async (profile, csv, told, more) => {
      const file = await laidDown(station.home, `${profile}.csv`, csv(told.map(([line]) => line)));
      const aside = told.flatMap(([, reason], index) => (reason ? [[String(index + 2), reason]] : []));
      expect(await imported(station.home, profile, file, ...more)).toMatchObject({
        rows: told.length,
        accepted: told.length - aside.length,
        duplicates: 0,
        quarantined: aside.length,
      });
      const written = rowsOf(`${file}.quarantine.csv`, { relax_column_count: true });
      expect(written.map(({ line, reason }) => [line, reason])).toEqual(aside);
      // Rows may hold names and telephone numbers: nobody else's to read.
      expect((await stat(`${file}.quarantine.csv`)).mode & 0o777).toBe(0o600);
    },
    patience,
  );

  it(
    'does not become a request',
    async () => {
      const shown = await everyRequest(await readingOf(station));
      const accepted = shown.map(({ source, summary }) =>
        source.system === 'register' ? summary : source.key,
      );
      expect(accepted.toSorted()).toEqual(['B1', 'B3', 'K1', 'K16', 'K18', '楼前路面结冰']);
      // An hour that comes twice is the first of the two: summer time, four hours behind UTC.
      const twice = shown.find(({ source }) => source.key === 'B3');
      expect(twice?.loggedAt).toBe('2018-11-04T05:30:00.000Z');
    },
    patience,
  );
});
