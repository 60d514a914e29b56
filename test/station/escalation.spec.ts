import { setTimeout as pause } from 'node:timers/promises';
import { shippedPolicy } from '#policies';
import { clientOf } from '../http/client.js';
import { here, ice, succeeded } from '../http/town.js';
import { endProcesses, startStation } from '../processes/station.process.js';
import { lifeOf } from './life-of.js';

afterAll(endProcesses);

const minutes = (amount: number) => ({ amount, unit: 'minutes' });
const inShanghai = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' });

/** Warned of after a minute, overdue after two, and then the street watches at once. */
const hasty = {
  ...shippedPolicy,
  from: inShanghai.format(new Date()),
  classes: [
    {
      code: 'general',
      name: '一般',
      categories: [],
      limits: { resolution: minutes(2) },
      warnBefore: minutes(1),
    },
  ],
  otherwise: 'general',
  escalation: [
    { kind: 'resolution', after: minutes(0), to: 'community', supervise: false },
    { kind: 'resolution', after: minutes(0), to: 'street', supervise: true },
  ],
};

const hook = new URL('../../dist/test/station/claim-kill.hook.js', import.meta.url).href;
const dyingAt = (point: string) => ({ nodeArgs: ['--import', hook], env: { KILL_POINT: point } });

describe('a deadline that nobody keeps', () => {
  it('is warned of, calls the community and the street once each, whenever the station dies', async () => {
    const first = await startStation(dyingAt('after the claim'));
    const { home } = first;
    const { post } = clientOf(first.url);
    const as = await first.token('admin');
    succeeded(await post('/v1/stations', here, { as }));
    succeeded(await post(`/v1/districts/${encodeURIComponent(here.district)}/policies`, hasty, { as }));
    await pause(1_500); // a publication may go unnoticed for a second
    const volunteer = await first.token('volunteer', { station: here.code });
    const occurredAt = new Date(Date.now() - 30_000).toISOString();
    const { id } = succeeded(await post('/v1/requests', { ...ice, occurredAt }, { as: volunteer })).body;

    first.signal('SIGUSR2');
    expect(await first.exited).toBe('SIGKILL');
    const second = await startStation({ home, ...dyingAt('after the append') });
    second.signal('SIGUSR2');
    expect(await second.exited).toBe('SIGKILL');
    const third = await startStation({ home });

    const life = await lifeOf(third, id, (events) => events.some(({ type }) => type === 'Supervised'));
    expect(life.map(({ type }) => type)).toEqual([
      'RequestLogged',
      'DeadlineNeared',
      'Escalated',
      'Escalated',
      'Supervised',
    ]);
    const dueAt = new Date(Date.parse(occurredAt) + 120_000).toISOString();
    const warnedAt = new Date(Date.parse(occurredAt) + 60_000).toISOString();
    expect(life.slice(1).map(({ data }) => data)).toMatchObject([
      { kind: 'resolution', dueAt, at: warnedAt },
      { from: 'station', to: 'community', trigger: 'deadline', deadline: { dueAt, at: dueAt } },
      { from: 'community', to: 'street', trigger: 'deadline', deadline: { dueAt, at: dueAt } },
      { by: 'street', kind: 'resolution', dueAt },
    ]);
    for (const { metadata } of life.slice(1)) {
      expect(metadata).toMatchObject({ actor: { subject: 'when-deadline-passes-then-escalate' } });
    }

    const { get } = clientOf(third.url);
    const { body } = await get(`/v1/requests/${id}/deadlines`, { as: volunteer });
    const deadlines = body['deadlines'] as { kind: string }[];
    expect(deadlines.find(({ kind }) => kind === 'resolution')).toMatchObject({
      state: 'overdue',
      steps: [
        { does: 'warn', to: null, at: warnedAt, takenAt: expect.any(String) },
        { does: 'escalate', to: 'community', at: dueAt, takenAt: expect.any(String) },
        { does: 'supervise', to: 'street', at: dueAt, takenAt: expect.any(String) },
      ],
    });
    expect(await third.stop()).toBe(0);
  }, 600_000);
});
