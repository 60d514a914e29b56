import { type StationProcess, endProcesses, startStation } from '../processes/station.process.js';
import { countBy, describeWithData, rowsOf } from './real-data.fixture.js';
import { type Ask, type Shown, clockIn, everyRequest, readingOf } from './station.reading.js';
import { type Figures, imported } from './yizhan.process.js';

type Row = Record<string, string>;
type Counts = { logged: number; resolved: number; open: number };
type Cells = { whole: Counts } & Record<'byCategory' | 'byDay' | 'byStation', (Counts & Row)[]>;

const minutes = 60_000;
const newYork = clockIn('America/New_York');

describeWithData('The casework of New York in 2022', ['nyc_council_casework_2022.csv'], ([file = '']) => {
  const rows = rowsOf(file);
  // Of a key that comes again the first row counts.
  const cases = [...new Map(rows.toReversed().map((row) => [row['unique_key'] ?? '', row])).values()];
  const offices = countBy(cases, (row) => row['account'] ?? '');

  let figures: Figures;
  let station: StationProcess;
  let ask: Ask;
  beforeAll(async () => {
    station = await startStation();
    figures = await imported(station.home, 'casework', file);
    ask = await readingOf(station);
  }, 20 * minutes);
  afterAll(endProcesses, minutes);

  it('is the file that the facts are told of', () => {
    expect(rows).toHaveLength(29_861);
    expect(rows.filter(isOpen)).toHaveLength(3_887);
    expect(cases).toHaveLength(29_855);
    // One of the six repeated keys stands twice as an open row.
    expect(cases.filter(isOpen)).toHaveLength(3_886);
    expect(rows.filter(closedAtOnce)).toHaveLength(7_934);
    expect(rows.filter((row) => !row['complaint_type']?.trim())).toHaveLength(475);
    expect(rows.filter((row) => !row['descriptor']?.trim())).toHaveLength(2_787);
    expect(rows.filter((row) => !row['council_dist'])).toHaveLength(6_863);
    expect(rows.filter(isForeign)).toHaveLength(3_527);
  });

  it('comes in whole: 29,855 requests, six rows seen before, none set aside', () => {
    const closed = cases.filter((row) => !isOpen(row)).length;
    expect(figures).toEqual({
      rows: 29_861,
      accepted: 29_855,
      duplicates: 6,
      quarantined: 0,
      // Logged and assigned; accepted, resolved and closed; and each office is opened as a station.
      events: 2 * 29_855 + 3 * closed + offices.size,
    });
  });

  it(
    'stands request by request as the file says, its dates as days of New York',
    async () => {
      const shown = await everyRequest(ask);
      const told = new Map(shown.map((one) => [one.source.key, outline(one)]));
      expect(told.size).toBe(29_855);
      const expected = new Map(cases.map((row) => [row['unique_key'], expectedOf(row)]));
      const wrong = [...expected].filter(([key, row]) => told.get(key ?? '') !== row);
      expect(wrong.slice(0, 5).map(([key, row]) => ({ row, told: told.get(key ?? '') }))).toEqual([]);
      expect({
        closedAtOnce: shown.filter(
          ({ closedAt, loggedDay }) => closedAt && newYork(closedAt).startsWith(loggedDay),
        ).length,
        withoutType: shown.filter(({ category }) => category === null).length,
        withoutDistrict: shown.filter(({ residentDistrict }) => residentDistrict === null).length,
        ofOtherDistricts: shown.filter(
          ({ residentDistrict, station }) =>
            residentDistrict !== null && residentDistrict !== station.district,
        ).length,
      }).toEqual({
        closedAtOnce: 7_934,
        withoutType: 475,
        // Four of the rows without one are repeated keys.
        withoutDistrict: 6_859,
        ofOtherDistricts: 3_527,
      });
    },
    10 * minutes,
  );

  it('has 3,886 open requests', async () => {
    expect(await everyRequest(ask, '&open=true')).toHaveLength(3_886);
  }, 600_000);

  it('counts for every district what a count over the file counts', async () => {
    const { items } = await ask<{ items: (Counts & { district: string })[] }>('/v1/districts');
    const told = items.map(({ district, logged, resolved, open }) => [district, { logged, resolved, open }]);
    expect(Object.fromEntries(told)).toEqual(countsBy(cases, 'account'));
  }, 600_000);

  it(
    'has statistics whose parts are those of the file and add up to the whole, in every district',
    async () => {
      for (const office of offices.keys()) {
        const own = cases.filter((row) => row['account'] === office);
        const cells = await ask<Cells>(`/v1/districts/${office}/statistics`);
        expect(cells.whole).toMatchObject(countsOf(own));
        expect(part(cells.byDay, 'day')).toEqual(countsBy(own, 'opendate'));
        expect(part(cells.byStation, 'station')).toEqual(countsBy(own, 'account'));
        const named = own.map((row) => ({ ...row, complaint_type: row['complaint_type'] || 'unlisted' }));
        expect(part(cells.byCategory, 'category')).toEqual(countsBy(named, 'complaint_type'));
      }
    },
    10 * minutes,
  );

  it('counts a month by creation, and by closing when asked', async () => {
    for (const [by, column] of [
      ['creation', 'opendate'],
      ['closing', 'closedate'],
    ] as const) {
      const june = cases.filter((row) => row['account'] === 'NYCC03' && row[column]?.startsWith('2022-06'));
      const cells = await ask<Cells>(
        `/v1/districts/NYCC03/statistics?by=${by}&from=2022-06-01&to=2022-06-30`,
      );
      expect(cells.whole).toMatchObject(countsOf(june));
    }
  }, 600_000);
});

const isOpen = (row: Row): boolean => row['closedate'] === '';
const closedAtOnce = (row: Row): boolean => row['closedate'] === row['opendate'];
// Logged by another office than that of the resident's district.
const isForeign = ({ council_dist: district, account }: Row): boolean =>
  Boolean(district) && district !== account;

function countsOf(some: Row[]): Counts {
  const open = some.filter(isOpen).length;
  return { logged: some.length, resolved: some.length - open, open };
}

function countsBy(some: Row[], column: string): Record<string, Counts> {
  const groups = Map.groupBy(some, (row) => row[column]?.trim() ?? '');
  return Object.fromEntries([...groups].map(([member, group]) => [member, countsOf(group)]));
}

const part = (cells: (Counts & Row)[], name: string) =>
  Object.fromEntries(
    cells.map((cell) => [cell[name], { logged: cell.logged, resolved: cell.resolved, open: cell.open }]),
  );

const expectedOf = (row: Row): string => {
  const [type = '', words = ''] = [row['complaint_type']?.trim(), row['descriptor']?.trim()];
  return JSON.stringify([
    row['account'],
    row['account'],
    row['council_dist'] || null,
    type || null,
    words || type || '(no description)',
    `${row['opendate']} 12:00:00`,
    row['opendate'],
    ...(isOpen(row) ? ['assigned', null] : ['closed', `${row['closedate']} 12:00:00`]),
  ]);
};

const outline = (shown: Shown): string =>
  JSON.stringify([
    shown.station.code,
    shown.station.district,
    shown.residentDistrict,
    shown.category,
    shown.summary,
    newYork(shown.loggedAt),
    shown.loggedDay,
    shown.status,
    shown.closedAt && newYork(shown.closedAt),
  ]);
