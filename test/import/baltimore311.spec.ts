import { type StationProcess, endProcesses, startStation } from '../processes/station.process.js';
import { type Due, dueInFile, dueInStore, together, wallClock } from './baltimore311.due.js';
import { countBy, describeWithData, rowsOf } from './real-data.fixture.js';
import { type Ask, type Shown, clockIn, everyRequest, readingOf } from './station.reading.js';
import { type Figures, imported } from './yizhan.process.js';

type RatesRow = { name: string; onTime: { denominator: number }; resolvedLate: number; overdue: number };
type Rates = { units: RatesRow[]; unlisted: RatesRow; total: RatesRow };

const shownDue = ({ onTime, resolvedLate, overdue }: RatesRow): Due => ({
  due: onTime.denominator,
  late: resolvedLate,
  open: overdue,
});

const patience = 900_000; // milliseconds
const hour = 3_600_000;
const baltimore = clockIn('America/New_York');
const isDueAtOnce = ({ DueDate, CreatedDate = '' }: Record<string, string>): boolean =>
  Boolean(DueDate) && wallClock(DueDate ?? '') <= wallClock(CreatedDate);

describeWithData('Ten thousand requests of Baltimore', ['baltimore_311_10k.csv'], ([file = '']) => {
  const rows = rowsOf(file);
  let figures: Figures;
  let station: StationProcess;
  let ask: Ask;
  let shown: Shown[];
  beforeAll(async () => {
    station = await startStation();
    figures = await imported(station.home, 'baltimore311', file);
    ask = await readingOf(station);
    shown = await everyRequest(ask);
  }, patience);
  afterAll(endProcesses, patience);

  it('are in the states that the facts tell', () => {
    const statuses = countBy(rows, (row) => row['SRStatus'] ?? '');
    expect(statuses.get('Closed')).toBe(9_567);
    expect(statuses.get('Closed (Duplicate)')).toBe(207);
    expect(statuses.get('Closed (Transferred)')).toBe(18);
    expect(rows.filter((row) => row['CloseDate'] === '')).toHaveLength(208);
  });

  it('have times that the facts tell, and are shown in their order although they stand in none', () => {
    const created = rows.map((row) => wallClock(row['CreatedDate'] ?? ''));
    const before = (column: string) =>
      rows.filter((row, index) => row[column] && wallClock(row[column]) < (created[index] ?? 0));
    expect(rows.filter(isDueAtOnce)).toHaveLength(222);
    expect(before('StatusDate')).toHaveLength(37);
    expect(created.filter((time, index) => time < (created[index - 1] ?? 0))).toHaveLength(5_016);
    const logged = shown.map(({ loggedAt }) => Date.parse(loggedAt));
    expect(logged).toEqual(logged.toSorted((one, other) => other - one));
  });

  // What is closed has a close date in all of them, what is open has none, and no close date lies before the creation.
  it('come in whole: there is no reason to set one aside', () => {
    const closed = 9_567 + 207 + 18;
    expect(figures).toEqual({
      rows: 10_000,
      accepted: 10_000,
      duplicates: 0,
      quarantined: 0,
      events: 2 * 10_000 + 9_714 + 3 * closed + 1,
    });
  });

  it('stand as closed with the words of their status, and as open otherwise', () => {
    const told = new Map(
      shown.map(({ source, status, outcome }) => [source.key, status === 'closed' ? outcome : status]),
    );
    const expected = rows.map((row) => [
      row['SRRecordID'] ?? '',
      row['SRStatus']?.startsWith('Closed') ? row['SRStatus'] : 'assigned',
    ]);
    expect(Object.fromEntries(told)).toEqual(Object.fromEntries(expected));
  });

  it('were due 9,714 times and late 1,567 times, each agency as often as its rows tell', async () => {
    const told = dueInFile(rows);
    expect(together(told)).toEqual({ due: 9_714, late: 1_567, open: 159 });
    expect(await dueInStore(await station.eventStoreUrl())).toEqual(told);
  });

  it('keep the due date of the city, also where it is not after the creation', async () => {
    const ids = new Map(shown.map(({ id, source }) => [source.key, id]));
    for (const { SRRecordID = '', DueDate = '' } of rows.filter(isDueAtOnce)) {
      const { deadlines } = await ask<{ deadlines: { dueAt: string }[] }>(
        `/v1/requests/${ids.get(SRRecordID)}/deadlines`,
      );
      const told = deadlines.map(({ dueAt }) => Date.parse(`${baltimore(dueAt)}Z`));
      expect([SRRecordID, ...told]).toEqual([SRRecordID, wallClock(DueDate)]);
    }
  });

  it('are late and overdue in the rates as in the file, unit by unit', async () => {
    const { units, unlisted, total } = await ask<Rates>(
      '/v1/districts/Baltimore/rates?from=2000-01-01&to=2099-12-31',
    );
    const told = dueInFile(rows);
    // Of an open request no agency has taken the lead yet.
    expect(shownDue(unlisted)).toEqual({ due: 159, late: 0, open: 159 });
    expect(shownDue(total)).toEqual({ due: 9_714, late: 1_567, open: 159 });
    const led = Object.entries(told).map(([agency, { due, late, open }]) => [
      agency,
      { due: due - open, late, open: 0 },
    ]);
    const shown = units.map((row) => [row.name, shownDue(row)]);
    expect(Object.fromEntries(shown)).toMatchObject(Object.fromEntries(led));
  });

  it('have the council district of the resident beside them where there is one', () => {
    expect(shown.filter(({ residentDistrict }) => residentDistrict === null)).toHaveLength(888);
  });

  it('took a median of 32.4 hours', async () => {
    const hours = shown
      .filter(({ closedAt }) => closedAt !== null)
      .map(({ loggedAt, closedAt }) => (Date.parse(closedAt ?? '') - Date.parse(loggedAt)) / hour)
      .sort((one, other) => one - other);
    expect(hours).toHaveLength(9_792);
    expect(((hours[4_895] ?? 0) + (hours[4_896] ?? 0)) / 2).toBeCloseTo(32.4, 1);
    const { whole } = await ask<{ whole: object }>('/v1/districts/Baltimore/statistics');
    expect(whole).toMatchObject({
      logged: 10_000,
      resolved: 9_792,
      open: 208,
      hoursToResolution: { n: 9_792, median: 32.4 },
    });
  });

  it(
    'append nothing when they come again',
    async () => {
      const again = { rows: 10_000, accepted: 0, duplicates: 10_000, quarantined: 0, events: 0 };
      expect(await imported(station.home, 'baltimore311', file)).toEqual(again);
    },
    patience,
  );
});
