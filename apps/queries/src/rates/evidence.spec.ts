import { policyStream, shippedPolicy } from '#policies';
import type { RateEvidence } from './evidence.view.js';
import type { DistrictRates } from './rates.view.js';
import { judge, judged, unit } from '../spec/judged.js';
import {
  type QueriesApplication,
  analyst,
  auditor,
  handler,
  startQueries,
  volunteer,
} from '../spec/queries.application.js';

const [property, builder] = [unit('wuye'), unit('shigong')];
const path = `/v1/districts/${encodeURIComponent('海淀区')}/rates`;
const november = 'from=2026-11-01&to=2026-11-30';
const at = '2026-11-02T02:00:00.000Z';
const place = { category: '道路', place: { building: '5号楼', unit: null } };
const columns = [
  ['response', 'response'],
  ['resolution', 'resolution'],
  ['satisfaction', 'satisfaction'],
  ['on-time', 'onTime'],
  ['returns', 'returns'],
  ['reopens', 'reopens'],
  ['repeats', 'repeats'],
] as const;

const due = (dueAt: string) => ({ deadlines: [{ kind: 'resolution' as const, dueAt }] });

describe('the evidence of a rate', () => {
  let app: QueriesApplication;
  let excluded: string;
  let passedOn: string;

  beforeAll(async () => {
    app = await startQueries();
    await app.town.open('YFXJ');
    await judged(app.town, 'YFXJ', property, ['yes', 'yes'], {
      ...place,
      ...due('2026-11-03T02:00:00.000Z'),
    });
    await judged(app.town, 'YFXJ', property, ['yes', 'mostly'], place);
    await judged(app.town, 'YFXJ', property, ['no', 'no'], due('2026-11-01T02:00:00.000Z'));
    await judged(app.town, 'YFXJ', builder, 'unreachable', due('2026-12-03T02:00:00.000Z'));
    await judged(app.town, 'YFXJ', builder);
    await judged(app.town, 'YFXJ', builder, ['yes', 'yes', null], due('2026-12-03T02:00:00.000Z'));
    await judged(app.town, 'YFXJ', builder, ['yes', 'yes', false], due('2026-12-03T02:00:00.000Z'));
    await judged(app.town, 'YFXJ', builder, ['partly', 'no'], due('2026-11-01T02:00:00.000Z'));
    await app.town.log('YFXJ', at);
    passedOn = await app.town.log('YFXJ', at);
    await app.town.act(
      passedOn,
      at,
      { type: 'Assign', data: { to: builder } },
      { type: 'Return', data: { reason: '不归我管' } },
      { type: 'Assign', data: { to: property } },
      { type: 'Resolve', data: { outcome: '已清理' } },
      ...judge(at, ['yes', 'yes']),
    );
    excluded = await judged(app.town, 'YFXJ', builder, ['no', 'no']);
    await app.town.act(excluded, at, { type: 'Exclude', data: { approver: '王书记', reason: '不在本区' } });
  }, 180_000);
  afterAll(() => app.close());

  const table = async (query = '') =>
    (await app.get(`${path}?${november}${query}`, auditor)).body as DistrictRates;
  const evidence = async (query: string, as = auditor) =>
    (await app.get(`${path}/evidence?${november}&${query}`, as)).body as RateEvidence;

  it.each(columns)('for %s counts what the table says, in every row', async (rate, column) => {
    const answer = await table();
    for (const row of [...answer.units, answer.unlisted, answer.total]) {
      const whose = row.unit ? `&unit=${row.unit}` : row === answer.unlisted ? '&unlisted=true' : '';
      const { counts, items } = await evidence(`rate=${rate}${whose}&asOf=${answer.asOf.position}`);
      const { numerator, denominator, scale } = row[column];
      expect(counts).toMatchObject({ numerator, denominator, scale });
      expect(items.reduce((sum, item) => sum + item.counts, 0)).toBe(numerator);
      expect(items.filter((item) => item.in !== 'excluded')).toHaveLength(denominator);
      expect(items.filter(({ why }) => why !== null)).toHaveLength(counts.excluded);
    }
  });

  it('lists of every count that is no rate exactly its requests', async () => {
    const answer = await table();
    for (const row of [...answer.units, answer.unlisted, answer.total]) {
      const whose = row.unit ? `&unit=${row.unit}` : row === answer.unlisted ? '&unlisted=true' : '';
      const of = (rate: string) => evidence(`rate=${rate}${whose}&asOf=${answer.asOf.position}`);
      const { counts } = await of('resolved');
      expect(counts).toMatchObject({ numerator: row.resolved, denominator: row.received, scale: 1 });
      const as = async (rate: string, kind: string) =>
        (await of(rate)).items.filter((item) => item.as === kind).length;
      expect({
        partlyResolved: await as('resolution', 'partly'),
        satisfied: await as('satisfaction', 'yes'),
        mostlySatisfied: await as('satisfaction', 'mostly'),
        resolvedLate: await as('on-time', 'late'),
        overdue: await as('on-time', 'overdue'),
      }).toEqual({
        partlyResolved: row.partlyResolved,
        satisfied: row.satisfied,
        mostlySatisfied: row.mostlySatisfied,
        resolvedLate: row.resolvedLate,
        overdue: row.overdue,
      });
    }
    const { total } = answer;
    const shown = [total.resolved, total.partlyResolved, total.resolvedLate, total.overdue];
    expect(shown.map((count) => count > 0)).toEqual(shown.map(() => true));
  });

  it('tells apart only what is of the rate, and shows of a resolved one by which event', async () => {
    const { items } = await evidence('rate=on-time');
    for (const item of items) expect([item.in, item.as === null]).toEqual([item.in, item.in === 'excluded']);
    const { items: returned } = await evidence('rate=returns');
    expect(returned.every((item) => item.as === null)).toBe(true);
    const resolved = await evidence('rate=resolved&unit=wuye');
    expect(resolved.items[0]?.events.map(({ type }) => type)).toContain('Resolved');
  });

  it('says why a request is left out, and by whom to those who may know', async () => {
    const why = async (as = auditor) =>
      (await evidence('rate=resolution&unit=shigong', as)).items.map((item) => [
        item.request,
        item.why?.reason,
        item.why?.approver,
      ]);
    expect(await why()).toContainEqual([excluded, 'excluded', '王书记']);
    expect(await why(analyst)).toContainEqual([excluded, 'excluded', null]);
    const response = (await evidence('rate=response&unit=shigong')).items;
    expect(response.map(({ in: place, as, why: out }) => out?.reason ?? `${place} ${as}`).sort()).toEqual([
      'denominator no',
      'excluded',
      'no-valid-callback',
      'not-asked',
      'numerator yes',
      'unreachable',
    ]);
    const due = await evidence('rate=on-time');
    const found = due.items.flatMap((item) => (item.why ? [item.why.reason] : []));
    expect(found).toEqual(expect.arrayContaining(['excluded', 'no-deadline', 'not-due-in-window']));
  });

  it('tells analysts of a neighbour who leads neither her name nor, by it, her requests', async () => {
    const neighbour = { id: 'laoli', kind: 'neighbour', name: '老李' } as const;
    await app.town.open('CYMN', { district: '朝阳区' });
    const id = await judged(app.town, 'CYMN', neighbour);
    const there = `/v1/districts/${encodeURIComponent('朝阳区')}/rates`;
    const seen = async (as: typeof auditor) => {
      const { units } = (await app.get(`${there}?${november}`, as)).body as DistrictRates;
      const asked = `${there}/evidence?${november}&rate=returns&unit=${neighbour.id}`;
      const { items } = (await app.get(asked, as)).body as RateEvidence;
      const all = (await app.get(`${there}/evidence?${november}&rate=returns`, as)).body as RateEvidence;
      return [
        units.map(({ unit, name, listed, received }) => [unit, name, listed, received]),
        items.map(({ request }) => request),
        all.items.map(({ unit }) => unit),
      ];
    };
    expect(await seen(auditor)).toEqual([[['laoli', '老李', true, 1]], [id], ['laoli']]);
    expect(await seen(analyst)).toEqual([[[null, null, true, 1]], [], [null]]);
  });

  it('tells of returns for each unit apart whether it gave the request back, and by which event', async () => {
    const told = async (query = '') =>
      (await evidence(`rate=returns${query}`)).items
        .filter(({ request }) => request === passedOn)
        .map(({ unit: whose, in: place, events }) => [whose, place, events[1]?.type]);
    expect(await told()).toEqual([
      ['wuye', 'denominator', 'Assigned'],
      ['shigong', 'numerator', 'Returned'],
    ]);
    expect(await told('&unit=shigong')).toEqual([['shigong', 'numerator', 'Returned']]);
    expect((await evidence('rate=returns')).items.map(({ why }) => why?.reason)).toContain('never-assigned');
  });

  it('names the events, which are there', async () => {
    const { items } = await evidence('rate=satisfaction&unit=wuye');
    const stored = new Map(
      app.town.store.all.map(({ id, type, position }) => [id, [type, String(position)]]),
    );
    expect(items.length).toBeGreaterThan(0);
    for (const { events } of items) {
      expect(events.map(({ type }) => type)).toEqual(
        expect.arrayContaining(['RequestLogged', 'CallbackRecorded']),
      );
      for (const { id, type, position } of events) expect(stored.get(id)).toEqual([type, position]);
    }
  });

  it('comes page by page, of the moment of the first, whatever happens meanwhile', async () => {
    const whole = await evidence('rate=returns');
    const first = await evidence('rate=returns&limit=2');
    await judged(app.town, 'YFXJ', property, ['no', 'no'], { at: '2026-11-29T02:00:00.000Z' });
    const found = [...first.items];
    let { next } = first;
    while (next) {
      const page: RateEvidence = await evidence(`rate=returns&limit=2&cursor=${next}`);
      expect(page.asOf).toEqual(whole.asOf);
      found.push(...page.items);
      next = page.next;
    }
    expect(found).toEqual(whole.items);
  });

  it('and the table are for those who answer for the whole district', async () => {
    const statuses = await Promise.all(
      [volunteer, handler, { ...auditor, community: '永丰社区' }, { ...analyst, district: '海淀区' }].map(
        async (as) => (await app.get(`${path}?${november}`, as)).status,
      ),
    );
    expect(statuses).toEqual([403, 403, 403, 200]);
  });

  it.each([
    ['policy=7', 404, 'unknown-policy-version'],
    ['asOf=999999999', 400, 'invalid-query'],
    ['window=3', 400, 'invalid-query'],
  ])('and the table refuse ?%s with a problem', async (query, status, slug) => {
    const answer = await app.get(`${path}?${november}&${query}`, auditor);
    expect([answer.status, answer.body.type]).toEqual([status, `urn:yizhan:problem:${slug}`]);
  });

  it('stays the same under later events', async () => {
    const before = await table();
    const id = await judged(app.town, 'YFXJ', property);
    await app.town.act(id, at, ...judge(at, ['yes', 'no']));
    expect(JSON.stringify(await table(`&asOf=${before.asOf.position}`))).toBe(JSON.stringify(before));
    expect((await table()).total.validCallbacks).toBe(before.total.validCallbacks + 1);
  });

  it('is computed under another version of the policy beside it, which changes nothing', async () => {
    const before = await table();
    const asOf = `&asOf=${before.asOf.position}`;
    const rates = {
      ...shippedPolicy.rates,
      weights: { response: 30, satisfaction: 35, resolution: 35 },
      mostlySatisfied: 50,
    };
    const data = { version: 1, from: '2027-01-01', policy: { ...shippedPolicy, rates }, note: null };
    const published = { type: 'PolicyPublished', data };
    await app.town.append(policyStream('海淀区'), 'no_stream', [published], '2026-11-30T00:00:00.000Z');
    await judged(app.town, 'YFXJ', property, ['yes', 'mostly']);
    const now = await table();
    const beside = await table('&policy=1');
    expect([now.policy.version, beside.policy.version]).toEqual(['default@0', '海淀区@1']);
    const { satisfied, mostlySatisfied, response, resolution, validCallbacks } = beside.total;
    const satisfaction = (100 * satisfied + 50 * mostlySatisfied) / validCallbacks;
    expect(beside.total.satisfaction.percent).toBeCloseTo(satisfaction, 1);
    expect(beside.total.composite).toBeCloseTo(
      0.3 * (response.percent ?? NaN) + 0.35 * satisfaction + 0.35 * (resolution.percent ?? NaN),
      0,
    );
    expect(beside.total.composite).not.toBe(now.total.composite);
    expect(JSON.stringify(await table(asOf))).toBe(JSON.stringify(before));
    expect((await table(`${asOf}&policy=default@0`)).total).toEqual(before.total);
    // At that position nobody had published it.
    const unknown = await app.get(`${path}?${november}${asOf}&policy=1`, auditor);
    expect([unknown.status, unknown.body.type]).toEqual([404, 'urn:yizhan:problem:unknown-policy-version']);
  });
});
