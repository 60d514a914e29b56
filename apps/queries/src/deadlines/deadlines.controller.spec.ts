import { setTimeout as sleep } from 'node:timers/promises';
import { type CalendarEvent, calendarStream, shippedCalendar } from '#calendar';
import { type PolicyEvent, policyStream, shippedPolicy } from '#policies';
import type { Terms } from '#requests';
import {
  type QueriesApplication,
  auditor,
  handler,
  startQueries,
  volunteer,
} from '../spec/queries.application.js';
import { contractor, property } from '../spec/town.js';

let app: QueriesApplication;
beforeAll(async () => {
  app = await startQueries();
  await app.town.open('YFXJ');
}, 120_000);
afterAll(() => app.close());

const terms = (at: string): Terms => ({
  at,
  policy: { name: 'default@0', policy: shippedPolicy },
  calendar: shippedCalendar,
});

const logged = (at: string): Promise<string> => app.town.log('YFXJ', at, {}, terms(at));
const deadlines = async (id: string, as = auditor) =>
  (await app.get(`/v1/requests/${id}/deadlines`, as)).body;
const assign = (to: typeof property, at: string) => ({
  type: 'Assign' as const,
  data: { to },
  terms: terms(at),
});

const hour = (hour: number) => `2026-11-16T0${hour}:00:00.000Z`;
const typesOf = async (id: string) => (await app.town.store.read(`request-${id}`)).map(({ type }) => type);

type Found = { policyVersion: string; calendarVersion: string };
/** The deadline of resolution, as soon as it is what is waited for. */
async function resolutionOf(id: string, holds: (found: Found) => boolean): Promise<Found> {
  for (let patience = 0; patience < 600; patience += 1) {
    const { deadlines: found } = await deadlines(id);
    if (holds(found[2])) return found[2];
    await sleep(200);
  }
  throw new Error('the deadlines were not counted again');
}

describe('GET /v1/requests/:id/deadlines', () => {
  it('says until when, and why, in words', async () => {
    const id = await logged('2026-09-30T02:00:00.000Z');
    const { deadlines: found } = await deadlines(id);
    expect(found.map(({ kind, state }: { kind: string; state: string }) => [kind, state])).toEqual([
      ['acceptance', 'overdue'],
      ['first-contact', 'overdue'],
      ['resolution', 'overdue'],
    ]);
    expect(found[2]).toMatchObject({
      dueAt: '2026-10-15T02:00:00.000Z',
      policyVersion: 'default@0',
      calendarVersion: 'default@0',
      provisional: false,
      earlier: [],
      explanation: {
        en: '7 working days from 30 September 10:00: 1–7 October holiday, 10 October works, so 15 October 10:00',
        zh: '自9月30日10:00起7个工作日：10月1日至7日放假（国庆节），10月10日上班（调休），至10月15日10:00',
      },
    });
  });

  it('says what was met, and what was met late', async () => {
    const id = await logged('2026-11-16T02:00:00.000Z');
    await app.town.act(id, '2026-11-16T03:00:00.000Z', assign(property, '2026-11-16T03:00:00.000Z'));
    await app.town.act(id, '2026-11-16T04:00:00.000Z', { type: 'Accept', data: {} });
    await app.town.act(id, '2026-11-18T04:00:00.000Z', {
      type: 'ContactResident',
      data: { reached: true, channel: 'phone', at: '2026-11-18T04:00:00.000Z' },
    });
    await app.town.act(id, '2026-11-19T04:00:00.000Z', { type: 'Withdraw', data: { reason: '好了' } });
    const { deadlines: found } = await deadlines(id);
    expect(found).toMatchObject([
      { kind: 'acceptance', state: 'met', endedAt: '2026-11-16T04:00:00.000Z' },
      { kind: 'first-contact', state: 'late', endedAt: '2026-11-18T04:00:00.000Z' },
      { kind: 'resolution', state: 'ended', endedAt: '2026-11-19T04:00:00.000Z' },
    ]);
    const { body } = await app.get(`/v1/requests/${id}`, volunteer);
    expect(body.deadlines).toEqual([]);
  });

  it('says whose time it was, and how often it went to and fro', async () => {
    const id = await logged('2026-11-16T02:00:00.000Z');
    for (const [index, to] of [property, contractor, property].entries()) {
      await app.town.act(id, hour(3 + index), assign(to, hour(3 + index)));
    }
    expect(await deadlines(id, handler)).toMatchObject({
      returns: 0,
      pingPongs: 1,
      holdings: [
        { holder: null, seconds: 3600 },
        { holder: { id: property.id }, seconds: 3600 },
        { holder: { id: contractor.id }, seconds: 3600 },
        { holder: { id: property.id }, to: null },
      ],
    });
  });

  it('says of a paused clock when it would run out if it went on now', async () => {
    const id = await logged('2026-11-16T02:00:00.000Z');
    const at = '2026-11-17T02:00:00.000Z';
    await app.town.act(id, at, {
      type: 'Pause',
      data: { approver: '王书记', reason: '等配件' },
      terms: terms(at),
    });
    const answer = await deadlines(id);
    expect(answer.paused).toBe(true);
    expect(answer.deadlines[2].state).toBe('paused');
    expect(answer.deadlines[2].ifResumedNow > answer.deadlines[2].dueAt).toBe(true);
  });

  it('has none for a request that was logged without', async () => {
    const id = await app.town.log('YFXJ', '2026-11-16T02:00:00.000Z');
    expect(await deadlines(id)).toMatchObject({ deadlines: [], holdings: [{ holder: null }] });
  });
});

describe('when what deadlines are made of changes', () => {
  it('the open ones are counted again, once, and what was before stays readable', async () => {
    const id = await logged('2026-12-28T02:00:00.000Z');
    const done = await logged('2026-12-28T02:00:00.000Z');
    await app.town.act(done, '2026-12-28T03:00:00.000Z', { type: 'Withdraw', data: { reason: '好了' } });
    const before = await typesOf(done);
    expect((await deadlines(id)).deadlines[2]).toMatchObject({
      provisional: true,
      dueAt: '2027-01-06T02:00:00.000Z',
    });

    const calendar: CalendarEvent = {
      type: 'CalendarPublished',
      data: {
        version: 1,
        note: null,
        year: 2027,
        daysOff: [{ from: '2027-01-01', to: '2027-01-03', name: '元旦' }],
        makeUpDays: [],
        workingHours: null,
      },
    };
    await app.town.append(calendarStream('default'), 'no_stream', [calendar], '2026-11-25T00:00:00.000Z');
    const resolution = await resolutionOf(id, ({ calendarVersion }) => calendarVersion === 'default@1');
    expect(resolution).toMatchObject({
      provisional: false,
      dueAt: '2027-01-07T02:00:00.000Z',
      earlier: [{ dueAt: '2027-01-06T02:00:00.000Z' }],
    });
    expect(await typesOf(done)).toEqual(before);

    const policy: PolicyEvent = {
      type: 'PolicyPublished',
      data: {
        version: 1,
        from: '2026-01-01',
        note: null,
        policy: {
          ...shippedPolicy,
          classes: shippedPolicy.classes.map((urgency) => ({
            ...urgency,
            limits: { ...urgency.limits, resolution: { amount: 2, unit: 'calendar-days' } },
          })),
        },
      },
    };
    await app.town.append(policyStream('海淀区'), 'no_stream', [policy], '2026-11-25T00:00:00.000Z');
    expect(await resolutionOf(id, ({ policyVersion }) => policyVersion === '海淀区@1')).toMatchObject({
      dueAt: '2026-12-30T02:00:00.000Z',
      earlier: [{ dueAt: '2027-01-06T02:00:00.000Z' }, { dueAt: '2027-01-07T02:00:00.000Z' }],
    });
    const types = await typesOf(id);
    expect(types.filter((type) => type === 'DeadlineSet')).toHaveLength(9);
  }, 240_000);
});
