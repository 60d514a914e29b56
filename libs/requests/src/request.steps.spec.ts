import { type Limit, shippedCalendar } from '#calendar';
import { type EscalationStep, type Policy, deadlineKinds, shippedPolicy } from '#policies';
import { fold, specification } from '#event-sourcing';
import type { RequestCommand } from './request.commands.js';
import { stepsAhead } from './request.deadline-steps.js';
import { requestDecider } from './request.decider.js';
import type { Terms } from './request.deadlines.js';
import type { Level, RequestEvent } from './request.events.js';
import {
  accepted,
  at as begunAt,
  deadlineSet,
  histories,
  logged,
  paused,
  resolved,
  sampleCommands as say,
} from './request.samples.js';

const given = specification(requestDecider);
const held: RequestEvent[] = [logged, deadlineSet];
const dueAt = '2026-12-01T01:30:00.000Z';
const due = { kind: 'resolution', begunAt, dueAt } as const;
const [warning, calling, watching] = ['2026-11-30', '2026-12-01', '2026-12-02'].map(
  (day) => `${day}T01:30:00.000Z`,
) as [string, string, string];

const warn = (now: string): RequestCommand => ({ type: 'Warn', data: { ...due, now } });
const call = (now: string): RequestCommand => ({
  type: 'EscalateByRule',
  data: { rule: 'deadline', ...due, now, to: 'community' },
});
const watch = (now: string): RequestCommand => ({ type: 'Supervise', data: { ...due, now, to: 'street' } });

const taken = (at: string, lateBy = 0) => ({ kind: 'resolution' as const, dueAt, at, lateBy });
const warned = (lateBy = 0): RequestEvent => ({ type: 'DeadlineNeared', data: taken(warning, lateBy) });
const called = (from: Level, to: Level, deadline = taken(calling)): RequestEvent => ({
  type: 'Escalated',
  data: { from, to, reason: 'deadline', trigger: 'deadline', deadline },
});
const watched = (lateBy = 0): RequestEvent => ({
  type: 'Supervised',
  data: { by: 'street', ...taken(watching, lateBy) },
});

describe('a step whose time has come', () => {
  it('is taken: a warning, a call, supervision with whoever watches called first', () => {
    given(...held)
      .when(warn(warning))
      .thenEmits(warned());
    given(...held, warned())
      .when(call(calling))
      .thenEmits(called('station', 'community'));
    given(...held, called('station', 'community'))
      .when(watch(watching))
      .thenEmits(called('community', 'street', taken(watching)), watched());
  });

  it('says how late it is taken, in seconds', () =>
    given(...held)
      .when(warn('2026-12-03T01:30:01.900Z'))
      .thenEmits(warned(3 * 86_400 + 1)));

  it('is taken once', () => {
    given(...held, warned())
      .when(warn(warning))
      .thenNothing();
    given(...held, called('station', 'community'))
      .when(call(calling))
      .thenNothing();
    given(...held, watched())
      .when(watch(watching))
      .thenNothing();
  });

  it('calls nobody who looks at it already, and lets them watch all the same', () => {
    const byHand: RequestEvent = {
      type: 'Escalated',
      data: { from: 'community', to: 'street', reason: '急', trigger: 'hand' },
    };
    given(...held, byHand)
      .when(call(calling))
      .thenNothing();
    given(...held, byHand)
      .when(watch(watching))
      .thenEmits(watched());
  });
});

describe('a step that does not hold any more', () => {
  const moved: RequestEvent = {
    type: 'DeadlineSet',
    data: { ...deadlineSet.data, dueAt: '2026-12-08T01:30:00.000Z' },
  };

  it.each<[string, RequestEvent[], string]>([
    ['its time has not come', held, '2026-11-30T01:29:59.999Z'],
    ['the clock stands still', [...held, paused], watching],
    ['the deadline was moved', [...held, moved], watching],
    ['it was met', [...held, accepted, resolved], watching],
    ['there never was such a deadline', [logged], watching],
    ['it was merged into another', [...held, ...histories.merged.slice(1)], watching],
  ])('changes nothing: %s', (_, history, now) =>
    given(...history)
      .when(warn(now))
      .thenNothing(),
  );

  it('is still done when the deadline comes back to what it was', () =>
    expect(names([...held, warned(), moved, deadlineSet])).toEqual([
      'escalate community',
      'supervise street',
    ]));
});

describe('the steps of a deadline', () => {
  it('come with it: warned before, called when it has passed, watched later, by working days', () =>
    expect(steps(terms('2026-09-30T02:00:00.000Z'))).toEqual([
      ['warn', '2026-10-14T02:00:00.000Z'],
      ['escalate community', '2026-10-15T02:00:00.000Z'],
      ['supervise street', '2026-10-16T02:00:00.000Z'],
      ['supervise district', '2026-10-20T02:00:00.000Z'],
    ]));

  it('warn of nothing that would be near as it begins', () =>
    expect(
      steps(terms('2026-11-23T02:00:00.000Z', { warnBefore: { amount: 30, unit: 'working-days' } }))[0],
    ).toEqual(['escalate community', '2026-12-02T02:00:00.000Z']));

  it.each<[Limit, string]>([
    [{ amount: 90, unit: 'minutes' }, '2026-10-15T00:30:00.000Z'],
    [{ amount: 3, unit: 'hours' }, '2026-10-14T23:00:00.000Z'],
    [{ amount: 2, unit: 'calendar-days' }, '2026-10-13T02:00:00.000Z'],
    [{ amount: 4, unit: 'working-days' }, '2026-10-10T02:00:00.000Z'],
  ])('warn %j before', (warnBefore, at) =>
    expect(steps(terms('2026-09-30T02:00:00.000Z', { warnBefore }))[0]).toEqual(['warn', at]),
  );

  it('move with a pause that comes after the deadline has passed', () => {
    const begun = live([say.LogRequest, '2026-11-23T02:00:00.000Z']);
    const again = live(
      [say.LogRequest, '2026-11-23T02:00:00.000Z'],
      [say.Pause, '2026-12-02T06:00:00.000Z'],
      [say.Resume, '2026-12-03T06:00:00.000Z'],
    );
    expect(stepTimes(begun).slice(2)).toEqual(['2026-12-03T02:00:00.000Z', '2026-12-07T02:00:00.000Z']);
    expect(stepTimes(again).slice(2)).toEqual(['2026-12-04T02:00:00.000Z', '2026-12-08T02:00:00.000Z']);
  });

  it.each(shippedPolicy.classes.map(({ code, categories }) => [code, categories[0] ?? '扫雪除冰']))(
    'warn of every kind of deadline that is %s, and call when it has passed',
    (_, category) => {
      const at = '2026-11-23T02:00:00.000Z';
      const log: RequestCommand = { ...say.LogRequest, data: { ...say.LogRequest.data, category } };
      const found = ahead(live([log, at]));
      for (const kind of deadlineKinds) {
        const [first, second] = found.filter((step) => step.kind === kind);
        expect([first, second]).toMatchObject([{ does: 'warn' }, { does: 'escalate', to: 'community' }]);
        expect([first!.at > at, first!.at < second!.at, second!.at]).toEqual([true, true, second!.dueAt]);
      }
    },
  );

  it('come anew with another policy, though the deadline stays', () => {
    const at = '2026-11-23T02:00:00.000Z';
    const history = live([say.LogRequest, at]);
    const recomputed = requestDecider.decide(
      { type: 'RecomputeDeadlines', data: {}, terms: terms(at, {}, []) },
      fold(requestDecider, history),
    );
    expect(stepTimes([...history, ...recomputed])).toEqual(['2026-12-01T02:00:00.000Z']);
  });

  it('are given with the next counting to a deadline that was stored before there were any', () => {
    const at = '2026-11-23T02:00:00.000Z';
    const history = live([say.LogRequest, at]);
    const old = history.map(stepless);
    expect(ahead(old)).toEqual([]);
    const recomputed = requestDecider.decide(
      { type: 'RecomputeDeadlines', data: {}, terms: terms('2026-11-23T03:00:00.000Z') },
      fold(requestDecider, old),
    );
    expect(dueOf(recomputed)).toEqual(dueOf(history));
    expect(ahead([...old, ...recomputed])).toEqual(ahead(history));
  });

  it('are none where a source gave the deadline', () => {
    const deadlines = [{ kind: 'resolution' as const, dueAt }];
    const command: RequestCommand = { ...say.LogRequest, data: { ...say.LogRequest.data, deadlines } };
    expect(names(requestDecider.decide(command, requestDecider.initialState))).toEqual([]);
  });
});

function terms(
  at: string,
  changes: Partial<Policy['classes'][number]> = {},
  escalation: EscalationStep[] = shippedPolicy.escalation,
): Terms {
  const classes = shippedPolicy.classes.map((urgency) => ({ ...urgency, ...changes }));
  return {
    at,
    policy: { name: 'default@0', policy: { ...shippedPolicy, classes, escalation } },
    calendar: shippedCalendar,
  };
}

function live(...steps: [RequestCommand, string][]): RequestEvent[] {
  const history: RequestEvent[] = [];
  for (const [command, at] of steps) {
    const termed = { ...command, terms: terms(at) };
    history.push(...requestDecider.decide(termed, fold(requestDecider, history)));
  }
  return history;
}

function stepless(event: RequestEvent): RequestEvent {
  if (event.type !== 'DeadlineSet') return event;
  const { steps: _, ...data } = event.data;
  return { type: 'DeadlineSet', data };
}

const dueOf = (events: RequestEvent[]) =>
  events.flatMap(({ type, data }) => (type === 'DeadlineSet' ? [data.dueAt] : []));
const ahead = (history: RequestEvent[]) => stepsAhead(fold(requestDecider, history));
const resolution = (history: RequestEvent[]) => ahead(history).filter(({ kind }) => kind === 'resolution');
const names = (history: RequestEvent[]) =>
  ahead(history).map(({ does, to }) => [does, to].filter(Boolean).join(' '));
const stepTimes = (history: RequestEvent[]) => resolution(history).map(({ at }) => at);
const steps = (given: Terms) =>
  resolution(requestDecider.decide({ ...say.LogRequest, terms: given }, requestDecider.initialState)).map(
    ({ does, to, at }) => [[does, to].filter(Boolean).join(' '), at],
  );
