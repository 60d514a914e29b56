import { shippedCalendar } from '#calendar';
import { shippedPolicy } from '#policies';
import type { RequestCommand } from '#requests';
import { unit } from '../spec/judged.js';
import { type QueriesApplication, auditor, startQueries } from '../spec/queries.application.js';
import type { RateEvidence } from './evidence.view.js';
import type { DistrictRates } from './rates.view.js';

const property = unit('wuye');
const path = `/v1/districts/${encodeURIComponent('海淀区')}/rates`;
const september = 'from=2026-09-01&to=2026-09-30';

const pause: RequestCommand = { type: 'Pause', data: { approver: '王书记', reason: '等配件' } };
const resolve: RequestCommand = { type: 'Resolve', data: { outcome: '已清理' } };

const utc = (local: string) => new Date(`${local}+08:00`).toISOString();
const terms = (at: string) => ({
  at,
  policy: { name: 'default@0', policy: shippedPolicy },
  calendar: shippedCalendar,
});

// Seven working days from Tuesday the 1st end on Thursday the 10th.
describe('what is on time', () => {
  let app: QueriesApplication;
  beforeAll(async () => {
    app = await startQueries();
    await app.town.open('YFXJ');
  }, 180_000);
  afterAll(() => app.close());

  async function logged(): Promise<string> {
    const at = utc('2026-09-01T10:00');
    const id = await app.town.log('YFXJ', at, {}, terms(at));
    await said(id, '2026-09-01T11:00', { type: 'Claim', data: { by: property } });
    return id;
  }
  async function said(id: string, local: string, command: RequestCommand): Promise<bigint> {
    const at = utc(local);
    await app.town.act(id, at, { ...command, terms: terms(at) });
    return app.town.position;
  }
  const table = async (position: bigint) =>
    (await app.get(`${path}?${september}&asOf=${position}`, auditor)).body as DistrictRates;
  const evidence = async (position: bigint) =>
    (await app.get(`${path}/evidence?${september}&rate=on-time&asOf=${position}`, auditor))
      .body as RateEvidence;

  it('is held to the deadline as pauses have moved it', async () => {
    const [moved, plain] = [await logged(), await logged()];
    const paused = await said(moved, '2026-09-03T10:00', pause);
    const then = await evidence(paused);
    expect(then.items.find(({ request }) => request === moved)).toMatchObject({
      in: 'excluded',
      why: { reason: 'paused' },
    });

    await said(moved, '2026-09-07T10:00', { type: 'Resume', data: {} });
    await said(moved, '2026-09-11T10:00', resolve);
    const end = await said(plain, '2026-09-11T10:00', resolve);
    const { items } = await evidence(end);
    expect(items.map(({ request, in: place }) => [request, place])).toEqual([
      [moved, 'numerator'],
      [plain, 'denominator'],
    ]);
    expect((await table(end)).total).toMatchObject({
      onTime: { numerator: 1, denominator: 2, percent: 50 },
      resolvedLate: 1,
      overdue: 0,
    });
    // What was known while it stood still is what was known then: of two the one that ran on was late.
    expect((await table(paused)).total.onTime).toMatchObject({ numerator: 0, denominator: 1 });
  }, 60_000);

  it('is held to the deadline as it stood still, too, where it was resolved in a pause', async () => {
    const waiting = await logged();
    await said(waiting, '2026-09-03T10:00', pause);
    const end = await said(waiting, '2026-09-14T10:00', resolve);
    const { items } = await evidence(end);
    expect(items.find(({ request }) => request === waiting)).toMatchObject({ in: 'numerator' });
  }, 60_000);

  it('is not what was paused when it was overdue already', async () => {
    const late = await logged();
    const end = await said(late, '2026-09-10T10:01', pause);
    const { items } = await evidence(end);
    const found = items.find(({ request }) => request === late);
    expect(found).toMatchObject({ in: 'denominator', why: null });
    expect((await table(end)).total).toMatchObject({ overdue: 1 });
  }, 60_000);

  it('goes by the day that it was due, and says so: there may be more of it than was received', async () => {
    await logged();
    const end = await said(await logged(), '2026-09-09T10:00', resolve);
    const answer = await app.get(`${path}?from=2026-09-02&to=2026-09-30&asOf=${end}`, auditor);
    const { window, total } = answer.body as DistrictRates;
    expect([window.by, total.onTime.basis, total.received]).toEqual(['creation', 'due', 0]);
    expect(total.onTime.n).toBeGreaterThan(0);
    expect((await evidence(end)).basis).toBe('due');
  }, 60_000);
});
