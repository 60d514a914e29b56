import { type Pause, type WorkCalendar, dueAfter, dueBefore } from '#calendar';
import { type DeadlineKind, type Policy, type UrgencyClass, deadlineKinds, warnedBefore } from '#policies';
import type { StepDue } from './request.commands.js';
import { type Deadline, type DeadlineStep, type StepAhead, begun, stepName } from './request.deadline.js';
import { levels } from './request.events.js';
import { runs } from './request.runs.js';
import type { RequestState } from './request.state.js';

/** What a policy has done about a deadline, the earliest first: warnings before it, calls when it has passed, and later. */
export function stepsOf(
  kind: DeadlineKind,
  {
    from,
    dueAt,
    timeZone,
    pauses,
  }: { from: string; dueAt: string; timeZone: string; pauses: readonly Pause[] },
  { escalation }: Policy,
  urgency: UrgencyClass,
  calendar: WorkCalendar,
): DeadlineStep[] {
  const warnBefore = warnedBefore(urgency, kind);
  const warnAt = warnBefore && dueBefore(calendar, timeZone, dueAt, warnBefore);
  const calls = escalation
    .filter((step) => step.kind === kind)
    .map(({ after, to, supervise }): DeadlineStep => {
      const at = dueAfter(calendar, timeZone, dueAt, after, pauses).dueAt;
      return { does: supervise ? 'supervise' : 'escalate', to, at: at > dueAt ? at : dueAt };
    });
  // What would be warned of as it begins is not warned of.
  const warnings: DeadlineStep[] = warnAt && warnAt > from ? [{ does: 'warn', to: null, at: warnAt }] : [];
  return [...warnings, ...calls].sort((one, other) => (one.at < other.at ? -1 : Number(one.at > other.at)));
}

/** What the steps ahead hang on. */
export type Watched = Pick<RequestState, 'status' | 'contacted' | 'paused' | 'level' | 'deadlines' | 'taken'>;

/** What is still to be done by rule if nothing happens, the earliest first. A clock that stands still brings nothing about. */
export function stepsAhead(state: Watched): StepAhead[] {
  if (state.paused) return [];
  return deadlineKinds
    .filter((kind) => runs[kind](state))
    .flatMap((kind) => aheadOf(kind, state.deadlines[kind], state))
    .sort((one, other) => (one.at < other.at ? -1 : Number(one.at > other.at)));
}

/** The step that a command speaks of, if it is still to be taken and its time has come. */
export const stepAhead = (
  state: Watched,
  does: DeadlineStep['does'],
  { kind, begunAt, dueAt, now, to }: StepDue & Pick<DeadlineStep, 'to'>,
): StepAhead | undefined =>
  stepsAhead(state).find(
    (step) =>
      step.kind === kind &&
      step.does === does &&
      step.to === to &&
      step.begunAt === begunAt &&
      step.dueAt === dueAt &&
      step.at <= now,
  );

function aheadOf(kind: DeadlineKind, deadline: Deadline | undefined, { taken, level }: Watched): StepAhead[] {
  const { steps = [], dueAt = null } = deadline ?? {};
  const begunAt = deadline ? begun(deadline) : null;
  if (dueAt === null || begunAt === null) return [];
  return steps
    .map((step) => ({ kind, begunAt, dueAt, ...step }))
    .filter((step) => !taken.includes(stepName(step)))
    .filter(({ does, to }) => does !== 'escalate' || levels.indexOf(to) > levels.indexOf(level));
}
