import type { CommandOf } from './request.commands.js';
import type { StepAhead, StepTaken } from './request.deadline.js';
import { stepAhead } from './request.deadline-steps.js';
import { type Level, type RequestEvent, levels } from './request.events.js';
import type { RequestState } from './request.state.js';

/** The level above; `undefined` above the district. */
export const nextLevel = (level: Level): Level | undefined => levels[levels.indexOf(level) + 1];

/** The level above is called: because a deadline has passed, or at the third return or reopening. */
export function escalateByRule(
  data: CommandOf<'EscalateByRule'>['data'],
  state: RequestState,
): RequestEvent[] {
  const from = state.level;
  if (data.rule === 'deadline') {
    const step = stepAhead(state, 'escalate', data);
    return step ? [passed(from, data.to, taken(step, data.now))] : [];
  }
  const { rule, count } = data;
  const to = nextLevel(from);
  return to ? [{ type: 'Escalated', data: { from, to, reason: rule, trigger: rule, count } }] : [];
}

export function warn(data: CommandOf<'Warn'>['data'], state: RequestState): RequestEvent[] {
  const step = stepAhead(state, 'warn', { ...data, to: null });
  return step ? [{ type: 'DeadlineNeared', data: taken(step, data.now) }] : [];
}

/** Whoever watches has to be called first. */
export function supervise(data: CommandOf<'Supervise'>['data'], state: RequestState): RequestEvent[] {
  const step = stepAhead(state, 'supervise', data);
  if (!step) return [];
  const done = taken(step, data.now);
  const called = levels.indexOf(data.to) > levels.indexOf(state.level);
  return [
    ...(called ? [passed(state.level, data.to, done)] : []),
    { type: 'Supervised', data: { by: data.to, ...done } },
  ];
}

const passed = (from: Level, to: Level, deadline: StepTaken): RequestEvent => ({
  type: 'Escalated',
  data: { from, to, reason: 'deadline', trigger: 'deadline', deadline },
});

const taken = ({ kind, dueAt, at }: StepAhead, now: string): StepTaken => ({
  kind,
  dueAt,
  at,
  lateBy: Math.floor((Date.parse(now) - Date.parse(at)) / 1_000),
});
