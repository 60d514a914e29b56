import { shippedCalendar } from '#calendar';
import { shippedPolicy } from '#policies';
import type { RequestCommand, Terms } from '#requests';
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

/** Only the date is another one: whatever waits goes on waiting. */
async function askedAt<Answer>(now: string, ask: () => Promise<Answer>): Promise<Answer> {
  const Today = Date;
  globalThis.Date = class extends Today {
    constructor(given: string | number | Date = now) {
      super(given);
    }
  } as DateConstructor;
  return ask().finally(() => (globalThis.Date = Today));
}

const hour = (hour: number) => `2026-11-16T0${hour}:00:00.000Z`;

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
    // It is paused for two working days and four and a half hours.
    const answer = await askedAt('2026-11-19T06:30:00.000Z', () => deadlines(id));
    expect([answer.at, answer.paused]).toEqual(['2026-11-19T06:30:00.000Z', true]);
    expect(answer.deadlines[2]).toMatchObject({
      state: 'paused',
      dueAt: '2026-11-25T02:00:00.000Z',
      ifResumedNow: '2026-11-27T06:30:00.000Z',
    });
  });

  it('says that what had run out when it was paused is overdue', async () => {
    const id = await logged('2026-11-16T02:00:00.000Z');
    const at = '2026-11-18T02:00:00.000Z';
    const pause = { type: 'Pause' as const, data: { approver: '王书记', reason: '等配件' } };
    await app.town.act(id, at, { ...pause, terms: terms(at) });
    expect((await deadlines(id)).deadlines).toMatchObject([
      { kind: 'acceptance', state: 'overdue', ifResumedNow: null },
      { kind: 'first-contact', state: 'overdue', ifResumedNow: null },
      { kind: 'resolution', state: 'paused' },
    ]);
  });

  it('says of what was met in a pause that it was met in time, and until when there was', async () => {
    const id = await logged(hour(2));
    const say = (at: string, command: RequestCommand) =>
      app.town.act(id, at, { ...command, terms: terms(at) });
    await say(hour(3), { type: 'Pause', data: { approver: '王书记', reason: '等配件' } });
    await say('2026-11-18T04:00:00.000Z', { type: 'Claim', data: { by: property } });
    await say('2026-11-30T04:00:00.000Z', { type: 'Resolve', data: { outcome: '已更换' } });
    const { deadlines: found } = await deadlines(id);
    expect(found).toMatchObject([
      {
        kind: 'acceptance',
        state: 'met',
        dueAt: '2026-11-19T03:00:00.000Z',
        earlier: [{ dueAt: '2026-11-17T02:00:00.000Z' }],
      },
      { kind: 'first-contact', state: 'ended' },
      {
        kind: 'resolution',
        state: 'met',
        dueAt: '2026-12-09T03:00:00.000Z',
        earlier: [{ dueAt: '2026-11-25T02:00:00.000Z' }],
      },
    ]);
  });

  it('has none for a request that was logged without', async () => {
    const id = await app.town.log('YFXJ', '2026-11-16T02:00:00.000Z');
    expect(await deadlines(id)).toMatchObject({ deadlines: [], holdings: [{ holder: null }] });
  });
});
