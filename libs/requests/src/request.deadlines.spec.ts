import { shippedCalendar, workCalendar } from '#calendar';
import { fold, specification } from '#event-sourcing';
import { shippedPolicy } from '#policies';
import type { RequestCommand } from './request.commands.js';
import { requestDecider } from './request.decider.js';
import type { Terms } from './request.deadlines.js';
import type { RequestEvent } from './request.events.js';
import { contractor, property, sampleCommands as say } from './request.samples.js';

const given = specification(requestDecider);
const utc = (local: string) => new Date(`${local}+08:00`).toISOString();
const policy = { name: 'default@0', policy: shippedPolicy };
const terms = (local: string, changes: Partial<Terms> = {}): Terms => ({
  at: utc(local),
  policy,
  calendar: shippedCalendar,
  ...changes,
});

type Step = [RequestCommand, string | Terms | undefined];
/** What becomes of commands at local times; those without a time are said without terms. */
function live(...steps: Step[]): RequestEvent[] {
  const history: RequestEvent[] = [];
  for (const [command, when] of steps) {
    const at = typeof when === 'string' ? terms(when) : when;
    history.push(
      ...requestDecider.decide({ ...command, ...(at && { terms: at }) }, fold(requestDecider, history)),
    );
  }
  return history;
}

/** The deadlines that the last command set, in the station's zone: `resolution 2026-10-13 10:00`. */
function setBy(...steps: Step[]): string[] {
  return live(...steps)
    .slice(live(...steps.slice(0, -1)).length)
    .flatMap((event) => (event.type === 'DeadlineSet' ? [event.data] : []))
    .map(({ kind, dueAt }) => `${kind} ${local(dueAt)}`);
}
const local = (instant: string | null): string =>
  instant === null
    ? 'none'
    : new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');

const logged: Step = [say.LogRequest, '2026-09-30T10:00'];
const assigned: Step = [say.Assign, '2026-09-30T11:00'];
const accepted: Step = [say.Accept, undefined];

describe('logging a request', () => {
  it('sets what it is held to, in the same breath', () =>
    expect(setBy(logged)).toEqual([
      'acceptance 2026-10-01 10:00',
      'first-contact 2026-10-01 10:00',
      'resolution 2026-10-15 10:00',
    ]));

  it('says how the deadline came about', () =>
    expect(live(logged)[3]).toEqual({
      type: 'DeadlineSet',
      data: {
        kind: 'resolution',
        dueAt: utc('2026-10-15T10:00'),
        before: null,
        policyVersion: 'default@0',
        calendarVersion: 'default@0',
        provisional: false,
        derivation: {
          by: 'policy',
          class: 'general',
          from: utc('2026-09-30T10:00'),
          limit: { amount: 7, unit: 'working-days' },
          timeZone: 'Asia/Shanghai',
          days: [
            { from: '2026-10-01', to: '2026-10-07', kind: 'day-off', name: '国庆节' },
            { from: '2026-10-10', to: '2026-10-10', kind: 'make-up-day', name: '国庆节' },
            { from: '2026-10-11', to: '2026-10-11', kind: 'weekend', name: null },
          ],
          pauses: [],
        },
        steps: [
          { does: 'warn', to: null, at: utc('2026-10-14T10:00') },
          { does: 'escalate', to: 'community', at: utc('2026-10-15T10:00') },
          { does: 'supervise', to: 'street', at: utc('2026-10-16T10:00') },
          { does: 'supervise', to: 'district', at: utc('2026-10-20T10:00') },
        ],
      },
    }));

  it('takes what a source says of a record, and counts nothing itself', () => {
    const imported: RequestCommand = {
      type: 'LogRequest',
      data: {
        ...(say.LogRequest as Extract<RequestCommand, { type: 'LogRequest' }>).data,
        source: { system: 'baltimore311', key: '1' },
        deadlines: [{ kind: 'resolution', dueAt: utc('2026-10-05T00:00') }],
      },
    };
    expect(live([imported, undefined])[1]).toMatchObject({
      data: { policyVersion: null, derivation: { by: 'source', system: 'baltimore311' } },
    });
    expect(setBy([imported, undefined], [say.Recategorise, '2026-10-02T10:00'])).toEqual([]);
  });

  it('without terms sets none, and no later command does', () => {
    expect(setBy([say.LogRequest, undefined])).toEqual([]);
    expect(setBy([say.LogRequest, undefined], assigned)).toEqual([]);
    expect(setBy([say.LogRequest, undefined], [say.RecomputeDeadlines, '2026-10-01T10:00'])).toEqual([]);
  });
});

describe('the deadline of acceptance', () => {
  it('begins anew with each unit that holds the request', () => {
    expect(setBy(logged, assigned)).toEqual(['acceptance 2026-10-01 11:00']);
    const another: RequestCommand = { type: 'Assign', data: { to: contractor } };
    expect(setBy(logged, assigned, [another, '2026-10-02T09:00'])).toEqual(['acceptance 2026-10-03 09:00']);
    expect(setBy(logged, assigned, accepted, [another, '2026-10-02T09:00'])).toEqual([
      'acceptance 2026-10-03 09:00',
    ]);
  });

  it('is the station’s again once it is returned', () =>
    expect(setBy(logged, assigned, [say.Return, '2026-09-30T15:00'])).toEqual([
      'acceptance 2026-10-01 15:00',
    ]));
});

describe('a pause', () => {
  const pause: Step = [say.Pause, '2026-10-08T12:00'];
  const resume: Step = [say.Resume, '2026-10-09T12:00'];

  it('says when it began, and sets nothing: the clock stands still', () => {
    expect(setBy(logged, assigned, accepted, pause)).toEqual([]);
    expect(live(logged, assigned, accepted, pause).at(-1)).toMatchObject({
      data: { at: utc('2026-10-08T12:00') },
    });
  });

  it('moves what is still open when it ends', () => {
    expect(setBy(logged, assigned, accepted, pause, resume)).toEqual(['resolution 2026-10-16 10:00']);
    expect(live(logged, assigned, accepted, pause, resume).at(-1)).toMatchObject({
      data: {
        before: utc('2026-10-15T10:00'),
        derivation: { pauses: [{ from: utc('2026-10-08T12:00'), to: utc('2026-10-09T12:00') }] },
      },
    });
  });

  it('adds up with the next one', () =>
    expect(
      setBy(
        logged,
        assigned,
        accepted,
        pause,
        resume,
        [say.Pause, '2026-10-12T12:00'],
        [say.Resume, '2026-10-13T12:00'],
      ),
    ).toEqual(['resolution 2026-10-19 10:00']));

  it('that was written down late lies across another one, and the clock stood still once', () => {
    const late: Step[] = [
      [say.Pause, '2026-10-08T18:00'],
      [say.Resume, '2026-10-09T18:00'],
    ];
    expect(setBy(logged, assigned, accepted, pause, resume, ...late)).toEqual([
      'resolution 2026-10-16 16:00',
    ]);
    expect(live(logged, assigned, accepted, pause, resume, ...late).at(-1)).toMatchObject({
      data: { derivation: { pauses: [{ from: utc('2026-10-08T12:00'), to: utc('2026-10-09T18:00') }] } },
    });
  });

  it('does not end before it began', () => {
    const history = live(logged, assigned, accepted, pause);
    given(...history)
      .when({ ...say.Resume, terms: terms('2026-10-08T11:59') })
      .thenRejected('resumed-before-paused');
    given(...history)
      .when({ ...say.Resume, terms: terms('2026-10-08T12:00') })
      .thenEmits({ type: 'ClockResumed', data: { note: null, at: utc('2026-10-08T12:00') } });
  });

  // The resolution was due on 15 October, the acceptance on 1 October.
  it('that lasts when the request is resolved moves what that is held to, and says so first', () => {
    const resolved = live(logged, assigned, accepted, pause, [say.Resolve, '2026-10-16T12:00']);
    expect(resolved.slice(-2)).toMatchObject([
      {
        type: 'DeadlineSet',
        data: {
          kind: 'resolution',
          dueAt: utc('2026-10-26T10:00'),
          before: utc('2026-10-15T10:00'),
          derivation: { pauses: [{ from: utc('2026-10-08T12:00'), to: utc('2026-10-16T12:00') }] },
        },
      },
      { type: 'Resolved' },
    ]);
  });

  it('moves what is met while it lasts, and nothing else: the clock goes on standing still', () => {
    const early: Step = [say.Pause, '2026-09-30T12:00'];
    expect(setBy(logged, assigned, early, [say.Accept, '2026-10-02T12:00'])).toEqual([
      'acceptance 2026-10-03 11:00',
    ]);
    expect(setBy(logged, early, [say.Claim, '2026-10-02T12:00'])).toEqual(['acceptance 2026-10-03 10:00']);
    expect(setBy(logged, assigned, early, [say.ContactResident, '2026-10-02T12:00'])).toEqual([
      'first-contact 2026-10-03 10:00',
    ]);
    expect(setBy(logged, assigned, early, [say.Resolve, '2026-10-02T12:00'])).toEqual([
      'acceptance 2026-10-03 11:00',
      'resolution 2026-10-15 22:00',
    ]);
    expect(
      setBy(logged, assigned, early, [say.Accept, '2026-10-02T12:00'], [say.Resume, '2026-10-09T12:00']),
    ).toEqual(['first-contact 2026-10-10 10:00', 'resolution 2026-10-19 10:00']);
  });

  it('does not move what nobody has to meet any more', () => {
    for (const ending of [say.Withdraw, say.Exclude, say.MergeInto]) {
      expect(setBy(logged, assigned, pause, [ending, '2026-10-17T12:00'])).toEqual([]);
    }
  });
});

describe('what changes a deadline', () => {
  const urgent: RequestCommand = { type: 'Recategorise', data: { category: '燃气泄漏' } };

  it('is another category, counted from the same beginning', () =>
    expect(setBy(logged, [urgent, '2026-09-30T10:30'])).toEqual([
      'acceptance 2026-09-30 11:00',
      'first-contact 2026-09-30 11:00',
      'resolution 2026-09-30 12:00',
    ]));

  it('is not a category of the same class', () =>
    expect(setBy(logged, [say.Recategorise, '2026-09-30T10:30'])).toEqual([]));

  it('is another policy, for what is still open', () => {
    const classes = shippedPolicy.classes.map((urgency) => ({
      ...urgency,
      limits: {
        ...urgency.limits,
        firstContact: null,
        resolution: { amount: 3, unit: 'calendar-days' as const },
      },
    }));
    const stricter = { name: '海淀区@1', policy: { ...shippedPolicy, classes } };
    const now = terms('2026-10-01T09:00', { policy: stricter });
    expect(setBy(logged, assigned, accepted, [say.RecomputeDeadlines, now])).toEqual([
      'first-contact none',
      'resolution 2026-10-03 10:00',
    ]);
    expect(
      setBy(logged, assigned, accepted, [say.RecomputeDeadlines, now], [say.RecomputeDeadlines, now]),
    ).toEqual([]);
  });

  it('is a new lead, who is held to the policy of today; whoever is to do it has a time of its own', () => {
    const classes = shippedPolicy.classes.map((urgency) => ({
      ...urgency,
      limits: { ...urgency.limits, resolution: { amount: 3, unit: 'calendar-days' as const } },
    }));
    const now = terms('2026-10-01T09:00', {
      policy: { name: '海淀区@1', policy: { ...shippedPolicy, classes } },
    });
    const transfer = { type: 'Assign' as const, data: { to: contractor, makeLead: true } };
    const life = live(logged, assigned, accepted, [transfer, now]);
    expect(life.slice(-4)).toMatchObject([
      { type: 'LeadTransferred' },
      { data: { kind: 'acceptance', policyVersion: '海淀区@1' } },
      { data: { kind: 'first-contact', policyVersion: '海淀区@1' } },
      { data: { kind: 'resolution', dueAt: utc('2026-10-03T10:00'), before: utc('2026-10-15T10:00') } },
    ]);
    const moved = { ...transfer, data: { to: contractor } };
    expect(setBy(logged, assigned, accepted, [moved, now])).toEqual(['acceptance 2026-10-02 09:00']);
  });

  it('is a published calendar, and what was a guess is none any more', () => {
    const late: Step = [say.LogRequest, '2026-12-28T10:00'];
    expect(live(late)[3]).toMatchObject({ data: { provisional: true } });
    const off = { from: '2027-01-01', to: '2027-01-03', name: '元旦' };
    const year = { year: 2027, daysOff: [off], makeUpDays: [], workingHours: null };
    const calendar = workCalendar({ version: 1, years: { 2027: year } });
    const now: Step = [say.RecomputeDeadlines, terms('2026-12-30T10:00', { calendar })];
    expect(setBy(late, now)).toContain('resolution 2027-01-07 10:00');
    expect(live(late, now).at(-1)).toMatchObject({
      data: { before: utc('2027-01-06T10:00'), provisional: false, calendarVersion: 'default@1' },
    });
  });

  it('is not what has been met: a resident who was reached, a request that was accepted', () => {
    const recategorised: Step = [urgent, '2026-09-30T12:00'];
    expect(setBy(logged, assigned, accepted, [say.ContactResident, undefined], recategorised)).toEqual([
      'resolution 2026-09-30 12:00',
    ]);
  });

  it('is a reopening: what came back has to be mended anew', () =>
    expect(
      setBy(logged, assigned, accepted, [say.Resolve, undefined], [say.Reopen, '2026-10-08T10:00']),
    ).toEqual(['acceptance 2026-10-09 10:00', 'resolution 2026-10-16 10:00']));
});

describe('recomputing', () => {
  it('has nothing to do where nothing comes out otherwise', () =>
    expect(setBy(logged, [say.RecomputeDeadlines, '2026-10-01T10:00'])).toEqual([]));
  it('is of the same request, whoever holds it', () =>
    expect(
      fold(requestDecider, live(logged, assigned, [say.RecomputeDeadlines, '2026-10-01T10:00'])).holder,
    ).toEqual(property));
});
