import { setTimeout as pause } from 'node:timers/promises';
import { localDay, shippedCalendar, works } from '#calendar';
import { shippedPolicy } from '#policies';
import { clientOf } from '../http/client.js';
import { openEventLog } from '../http/event-log.js';
import { here, ice, succeeded } from '../http/town.js';
import { endProcesses, startStation, type StationProcess } from '../processes/station.process.js';
import { clockAhead } from './later-clock.js';
import { lifeOf } from './life-of.js';

afterAll(endProcesses);

const timeZone = 'Asia/Shanghai';
const [minute, day] = [60_000, 86_400_000];
const workingDays = (amount: number) => ({ amount, unit: 'working-days' });

/** Warned of after a working day, overdue after two, and the street watches after a third. */
const policy = {
  ...shippedPolicy,
  from: localDay(new Date().toISOString(), timeZone),
  classes: [
    {
      code: 'general',
      name: '一般',
      categories: [],
      limits: { resolution: workingDays(2) },
      warnBefore: workingDays(1),
    },
  ],
  otherwise: 'general',
  escalation: [
    { kind: 'resolution', after: { amount: 0, unit: 'minutes' }, to: 'community', supervise: false },
    { kind: 'resolution', after: workingDays(1), to: 'street', supervise: true },
  ],
};

/** How many days of work there are after one day, up to another: counted one by one, past the code under test. */
function worked(from: string, to: string): number {
  const days: string[] = [];
  for (let one = next(from); one <= to; one = next(one)) days.push(one);
  return days.filter((one) => works(shippedCalendar, one)).length;
}
const next = (one: string) => new Date(Date.parse(one) + day).toISOString().slice(0, 10);

/** When the steps of the resolution are due, as they are stored (ISO 8601). */
async function stepsOf(station: StationProcess, id: string): Promise<[string, string, string]> {
  const events = openEventLog(await station.eventStoreUrl());
  const set = (await events.of(`request-${id}`)).find(({ data }) => data['kind'] === 'resolution');
  await events.dispose();
  const steps = (set?.data['steps'] ?? []) as { at: string }[];
  return steps.map(({ at }) => at) as [string, string, string];
}

describe('steps that working days part', () => {
  it('are taken on their days by a station whose clock gets there, each late by what it was', async () => {
    const today = await startStation();
    const { home } = today;
    const { post } = clientOf(today.url);
    const weeks = { expiresIn: '30d' };
    const admin = await today.token('admin', {}, weeks);
    succeeded(await post('/v1/stations', here, { as: admin }));
    succeeded(
      await post(`/v1/districts/${encodeURIComponent(here.district)}/policies`, policy, { as: admin }),
    );
    await pause(1_500); // a publication may go unnoticed for a second
    const volunteer = await today.token('volunteer', { station: here.code }, weeks);
    const { id } = succeeded(await post('/v1/requests', ice, { as: volunteer })).body;
    const [warnAt, dueAt, watchAt] = await stepsOf(today, id);
    const logged = localDay(new Date().toISOString(), timeZone);
    expect([warnAt, dueAt, watchAt].map((at) => worked(logged, localDay(at, timeZone)))).toEqual([1, 2, 3]);
    expect(await today.stop()).toBe(0);

    const startAt = (at: number) => startStation({ home, nodeArgs: clockAhead(at - Date.now()) });
    const eve = await startAt(Date.parse(dueAt) - 30 * minute);
    await lifeOf(eve, id, (life) => life.some(({ type }) => type === 'DeadlineNeared'));
    await pause(3_000); // it looks every second, and nothing more is due
    const warned = await lifeOf(eve, id, () => true);
    expect(warned.map(({ type }) => type)).toEqual(['RequestLogged', 'DeadlineNeared']);
    expect(warned[1]?.data).toMatchObject({ kind: 'resolution', dueAt, at: warnAt });
    expect(await eve.stop()).toBe(0);

    const late = await startAt(Date.parse(watchAt) + minute);
    const life = await lifeOf(late, id, (events) => events.some(({ type }) => type === 'Supervised'));
    expect(life.slice(2)).toMatchObject([
      { type: 'Escalated', data: { to: 'community', trigger: 'deadline', deadline: { dueAt, at: dueAt } } },
      { type: 'Escalated', data: { to: 'street', trigger: 'deadline', deadline: { dueAt, at: watchAt } } },
      { type: 'Supervised', data: { by: 'street', kind: 'resolution', dueAt, at: watchAt } },
    ]);
    const lateBy = (life[2]?.data['deadline'] as { lateBy: number } | undefined)?.lateBy ?? NaN;
    const behind = (Date.parse(watchAt) - Date.parse(dueAt)) / 1_000;
    expect([lateBy > behind, lateBy < behind + 600]).toEqual([true, true]);
    expect(await late.stop()).toBe(0);
  }, 600_000);
});
