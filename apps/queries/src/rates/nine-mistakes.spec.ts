import { localDay } from '#calendar';
import { policyStream, shippedPolicy } from '#policies';
import type { RateEvidence } from './evidence.view.js';
import type { DistrictRates, RatesRow, RateView } from './rates.view.js';
import type { RequestCommand } from '#requests';
import { judge, judged, unit } from '../spec/judged.js';
import { type QueriesApplication, auditor, startQueries } from '../spec/queries.application.js';

const [property, builder, quiet] = [unit('wuye'), unit('shigong'), unit('anjing')];
const rates = ['response', 'resolution', 'satisfaction', 'onTime', 'returns', 'reopens', 'repeats'] as const;
const november = 'from=2026-11-01&to=2026-11-30';

// The mistakes that are seen in reports of this kind: each of them is looked for where it would show.
const rowOf = ({ units }: DistrictRates, id: string) => units.find((row) => row.unit === id) as RatesRow;
const rows = ({ units, unlisted, total }: DistrictRates) => [...units, unlisted, total];
const returnsOf = ({ received, returns }: RatesRow) => [received, returns.numerator, returns.denominator];
const due = (dueAt: string) => ({ deadlines: [{ kind: 'resolution' as const, dueAt }] });
const numbers = (row: RatesRow) => [
  row.received,
  row.resolved,
  row.validCallbacks,
  row.contacted,
  row.resolvedByCallback,
  row.partlyResolved,
  row.satisfied,
  row.mostlySatisfied,
  row.resolvedLate,
  row.overdue,
  ...rates.flatMap((rate) => [row[rate].numerator, row[rate].denominator]),
];

const expectSum = (answer: DistrictRates) => {
  const parts = [...answer.units, answer.unlisted].map(numbers);
  expect(numbers(answer.total)).toEqual(
    numbers(answer.total).map((_, index) => parts.reduce((sum, part) => sum + (part[index] ?? NaN), 0)),
  );
};

describe('mistakes that cannot be made', () => {
  let app: QueriesApplication;
  let opened = 0;

  beforeAll(async () => {
    app = await startQueries();
  }, 180_000);
  afterAll(() => app.close());

  /** A district of its own, the code of its station, and its table. */
  async function district() {
    const [name, code] = [`第${++opened}区`, `QU${opened}`];
    await app.town.open(code, { district: name, community: name, street: name });
    const path = `/v1/districts/${encodeURIComponent(name)}/rates`;
    const table = async (query = november): Promise<DistrictRates> =>
      (await app.get(`${path}?${query}`, auditor)).body as DistrictRates;
    const evidence = async (query: string): Promise<RateEvidence> =>
      (await app.get(`${path}/evidence?${november}&${query}`, auditor)).body as RateEvidence;
    return { code, table, evidence, path };
  }

  it('1. a unit without callbacks scored 0 and ranked last: it has no rate and no rank', async () => {
    const { code, table } = await district();
    for (let n = 0; n < 5; n += 1) await judged(app.town, code, property, ['no', 'no']);
    await judged(app.town, code, quiet);
    const answer = await table();
    expect(rowOf(answer, 'anjing')).toMatchObject({
      received: 1,
      resolved: 1,
      validCallbacks: 0,
      rank: null,
      composite: null,
      response: { n: 0, percent: null, interval: null },
      resolution: { n: 0, percent: null, interval: null },
      satisfaction: { n: 0, percent: null, interval: null },
    });
    // A rate of 0 is something else: five were asked, and all of them said no.
    expect(rowOf(answer, 'wuye')).toMatchObject({ rank: 1, resolution: { n: 5, percent: 0 }, composite: 10 });
    const unreached = unit('wuren');
    await judged(app.town, code, unreached, 'unreachable');
    expect(rowOf(await table(), 'wuren')).toMatchObject({
      validCallbacks: 0,
      rank: null,
      composite: null,
      response: { n: 0, percent: null },
    });
    expect(answer.meanOfUnits).toEqual({ response: 100, resolution: 0, satisfaction: 0, composite: 10 });
  });

  it('2. the total row as a mean of rates: it is pooled, and the mean stands beside it by its own name', async () => {
    const { code, table } = await district();
    for (let n = 0; n < 9; n += 1) await judged(app.town, code, property, ['yes', 'yes']);
    await judged(app.town, code, builder, ['no', 'no']);
    const { total, meanOfUnits } = await table();
    expect(total).toMatchObject({
      resolution: { numerator: 9, denominator: 10, percent: 90 },
      satisfaction: { numerator: 900, denominator: 10, scale: 100, percent: 90 },
      composite: 91,
    });
    expect(meanOfUnits).toMatchObject({ resolution: 50, satisfaction: 50 });
  });

  it('3. two columns of a row on different clocks: all of them stand at the moment of the as-of', async () => {
    const { code, table } = await district();
    const at = '2026-11-02T02:00:00.000Z';
    const late = await app.town.log(code, at, due('2026-11-03T02:00:00.000Z'));
    await app.town.act(late, at, { type: 'Assign', data: { to: property } }, { type: 'Accept', data: {} });
    // Due within the window, but after the moment: neither late nor in time yet, however early it was resolved.
    await judged(app.town, code, property, undefined, due('2099-11-03T02:00:00.000Z'));
    const window = 'from=2026-11-01&to=2099-12-31';
    const before = await table(window);
    expect(rowOf(before, 'wuye')).toMatchObject({
      received: 2,
      resolved: 1,
      validCallbacks: 0,
      onTime: { numerator: 0, denominator: 1 },
      resolvedLate: 0,
      overdue: 1,
      reopens: { numerator: 0, denominator: 1 },
    });
    const resolve = { type: 'Resolve', data: { outcome: '已清理' } } as const;
    await app.town.act(late, at, resolve, ...judge(at, ['no', 'no']));
    const then = await table(`${window}&asOf=${before.asOf.position}`);
    expect(rowOf(then, 'wuye')).toEqual(rowOf(before, 'wuye'));
    expect(rowOf(await table(window), 'wuye')).toMatchObject({
      resolved: 1,
      validCallbacks: 1,
      onTime: { numerator: 0, denominator: 1 },
      reopens: { numerator: 1, denominator: 2 },
    });
  });

  it('4. two columns of a row on different windows: whoever is in one of them is in all', async () => {
    const { code, table } = await district();
    const days = ['2026-10-31T15:59:00.000Z', '2026-10-31T16:00:00.000Z', '2026-11-30T16:00:00.000Z'];
    for (const at of days) {
      const id = await judged(app.town, code, property, ['yes', 'yes'], { at });
      await app.town.act(id, '2026-12-24T02:00:00.000Z', { type: 'Close', data: {} });
    }
    // Only the one in the middle was logged in November, as the days are in Shanghai; all were closed in December.
    const november = await table();
    expect(november.window).toEqual({ by: 'creation', from: '2026-11-01', to: '2026-11-30' });
    for (const row of [rowOf(november, 'wuye'), november.total]) {
      const { received, resolved, validCallbacks, returns, reopens } = row;
      expect([received, resolved, validCallbacks, returns.n, reopens.n]).toEqual([1, 1, 1, 1, 1]);
    }
    const december = await table('from=2026-12-01&to=2026-12-31&by=closing');
    const { received, resolved, validCallbacks, returns, reopens } = rowOf(december, 'wuye');
    expect([received, resolved, validCallbacks, returns.n, reopens.n]).toEqual([3, 3, 3, 3, 3]);
  });

  it('5. a report run again giving other numbers: the same as-of gives the same bytes', async () => {
    const { code, path, table } = await district();
    const id = await judged(app.town, code, property, ['yes', 'yes']);
    const { asOf } = await table();
    const bytes = async () => JSON.stringify(await table(`${november}&asOf=${asOf.position}`));
    const before = await bytes();
    expect(JSON.parse(before)).toEqual(await table());
    await app.town.act(id, '2026-11-05T02:00:00.000Z', { type: 'Reopen', data: { reason: '又坏了' } });
    await judged(app.town, code, builder, ['no', 'no']);
    await app.town.act(id, '2026-11-06T02:00:00.000Z', {
      type: 'Exclude',
      data: { approver: '王书记', reason: '不在本区' },
    });
    expect(await bytes()).toBe(before);
    expect((await table()).total.received).toBe(1);
    // The window, too: without days it ends on the day of the as-of, whenever it is asked for.
    const open = async () => (await app.get(`${path}?asOf=${asOf.position}`, auditor)).body;
    expect(await open()).toEqual(await open());
    const { window, asOf: known } = await open();
    expect(window.to).toBe(localDay(known.recordedAt, 'Asia/Shanghai'));
  });

  it('6. units missing from a list vanishing: they stand under unlisted, and the sum fits', async () => {
    const { code, table } = await district();
    await judged(app.town, code, property, ['yes', 'mostly']);
    await judged(app.town, code, unit('谁也不认识'), ['partly', 'no']);
    const nobodys = await app.town.log(code, '2026-11-02T02:00:00.000Z');
    await app.town.act(nobodys, '2026-11-02T02:00:00.000Z', { type: 'Assign', data: { to: builder } });
    await app.town.act(nobodys, '2026-11-02T02:00:00.000Z', { type: 'Return', data: { reason: '不归我管' } });
    const answer = await table();
    expect(answer.units.map(({ unit: id }) => id).sort()).toEqual(['shigong', 'wuye', '谁也不认识']);
    expect(answer.unlisted).toMatchObject({ listed: false, received: 1, returns: { n: 0 } });
    expectSum(answer);
    expect(answer.total.received).toBe(3);
  });

  it('6. nor does one that the policy’s list does not name, and what it leaves out is out of all', async () => {
    const { code, table, evidence } = await district();
    const named = await judged(app.town, code, property, ['yes', 'mostly']);
    await judged(app.town, code, builder, ['partly', 'no']);
    await judged(app.town, code, property, ['no', 'no'], { category: '历史遗留' });
    await app.town.log(code, '2026-11-02T02:00:00.000Z');
    const open = await table();
    const rates = { ...shippedPolicy.rates, units: ['wuye'], exclusions: ['历史遗留'] };
    const data = { version: 1, from: '2026-11-01', policy: { ...shippedPolicy, rates }, note: null };
    const published = { type: 'PolicyPublished', data };
    await app.town.append(policyStream(open.district), 'no_stream', [published], '2026-11-01T00:00:00.000Z');
    await app.town.log(code, '2026-12-02T02:00:00.000Z');
    const answer = await table();
    expect([open.policy.units, answer.policy.units]).toEqual([null, ['wuye']]);
    expect(answer.units.map((row) => [row.unit, row.received, row.validCallbacks])).toEqual([['wuye', 1, 1]]);
    expect(answer.unlisted).toMatchObject({ received: 2, partlyResolved: 1, returns: { n: 1 } });
    expect(answer.total).toMatchObject({ received: 3, validCallbacks: 2 });
    expectSum(answer);
    const { counts, items } = await evidence('rate=resolution&unlisted=true');
    expect(counts).toMatchObject({ numerator: 0, denominator: 1, excluded: 1 });
    expect(items.map(({ unit: id }) => String(id)).sort()).toEqual(['null', 'shigong']);
    const left = (await evidence('rate=resolution&unit=wuye')).items;
    const shown = left.map(({ request, why }) => why?.reason ?? request);
    expect(shown.sort()).toEqual([named, 'excluded-by-policy']);
  });

  it('a return charged to whoever leads later: it is the unit’s that gave it back', async () => {
    const { code, table } = await district();
    const at = '2026-11-02T02:00:00.000Z';
    const id = await app.town.log(code, at);
    const give = (to: typeof builder): RequestCommand => ({ type: 'Assign', data: { to } });
    const back: RequestCommand = { type: 'Return', data: { reason: '不归我管' } };
    const done: RequestCommand = { type: 'Resolve', data: { outcome: '已清理' } };
    await app.town.act(id, at, give(builder), back, give(quiet), back, give(builder), back);
    await app.town.act(id, at, give(property), done);
    await judged(app.town, code, builder);
    const answer = await table();
    expect(['wuye', 'shigong', 'anjing'].map((one) => returnsOf(rowOf(answer, one)))).toEqual([
      [1, 0, 1],
      [1, 1, 2],
      [0, 1, 1],
    ]);
    expect(returnsOf(answer.total)).toEqual([2, 2, 4]);
  });

  it('7. no sample size shown: there is none without n, numerator, denominator and interval', async () => {
    const { code, table } = await district();
    await judged(app.town, code, property, ['yes', 'mostly']);
    const shown = rows(await table()).flatMap((row) => rates.map((rate): RateView => row[rate]));
    expect(shown).toHaveLength(21);
    for (const { n, numerator, denominator, scale, percent, interval } of shown) {
      expect(n).toBe(denominator);
      expect(percent === null).toBe(n === 0);
      if (percent === null) expect(interval).toBeNull();
      else {
        expect(percent).toBeCloseTo((100 * numerator) / scale / denominator, 1);
        expect(interval?.low).toBeLessThanOrEqual(percent);
        expect(interval?.high).toBeGreaterThanOrEqual(percent);
      }
    }
  });

  it('8. ranking on one callback: below the minimum sample there is no rank', async () => {
    const { code, table } = await district();
    await judged(app.town, code, builder, ['yes', 'yes']);
    for (let n = 0; n < 4; n += 1) await judged(app.town, code, quiet, ['yes', 'yes']);
    for (let n = 0; n < 5; n += 1) await judged(app.town, code, property, ['yes', 'mostly']);
    const answer = await table();
    expect(answer.policy.minimumSample).toBe(5);
    expect(answer.units.map(({ unit: id, rank, composite }) => [id, rank, composite])).toEqual([
      ['wuye', 1, 96],
      ['anjing', null, 100],
      ['shigong', null, 100],
    ]);
  });

  it('8. nor on one who was asked about the unit’s contact, unless that has no weight', async () => {
    const { code, table } = await district();
    await judged(app.town, code, property, ['yes', 'yes']);
    for (let n = 0; n < 4; n += 1) await judged(app.town, code, property, ['yes', 'yes', null]);
    const answer = await table();
    expect(rowOf(answer, 'wuye')).toMatchObject({ rank: null, validCallbacks: 5, response: { n: 1 } });
    const rates = { ...shippedPolicy.rates, weights: { response: 0, satisfaction: 50, resolution: 50 } };
    const data = { version: 1, from: '2026-11-01', policy: { ...shippedPolicy, rates }, note: null };
    const published = { type: 'PolicyPublished', data };
    await app.town.append(
      policyStream(answer.district),
      'no_stream',
      [published],
      '2026-11-01T00:00:00.000Z',
    );
    await judged(app.town, code, builder, ['no', 'no', null]);
    expect(rowOf(await table(), 'wuye')).toMatchObject({ rank: 1, composite: 100 });
  });

  it('an attempt of ours taken for her answer: whether the unit was in touch only she says', async () => {
    const { code, table } = await district();
    await judged(app.town, code, property, ['yes', 'yes', false]);
    await judged(app.town, code, property, ['yes', 'yes', true]);
    await judged(app.town, code, property, ['yes', 'yes', null]);
    const before = rowOf(await table(), 'wuye');
    expect(before).toMatchObject({
      validCallbacks: 3,
      contacted: 1,
      response: { numerator: 1, denominator: 2, percent: 50 },
      resolution: { percent: 100 },
    });
    await judged(app.town, code, property, 'unreachable');
    const { response, resolution, satisfaction, validCallbacks } = rowOf(await table(), 'wuye');
    expect({ response, resolution, satisfaction, validCallbacks }).toEqual({
      response: before.response,
      resolution: before.resolution,
      satisfaction: before.satisfaction,
      validCallbacks: 3,
    });
  });

  it('9. rounding of floats: tenths are counted', async () => {
    const { code, table } = await district();
    for (let n = 0; n < 8; n += 1) {
      await judged(app.town, code, property, [n < 3 ? 'yes' : 'partly', 'no']);
    }
    // 10 × 8/8 + 50 × 3/8 = 28.75, which floats make a little less.
    expect(Math.round(100 * (0.1 * (8 / 8) + 0.5 * (3 / 8)) * 10) / 10).toBe(28.7);
    expect(rowOf(await table(), 'wuye')).toMatchObject({ composite: 28.8, resolution: { percent: 37.5 } });
  });
});
