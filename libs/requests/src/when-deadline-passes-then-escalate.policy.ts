import type { RequestCommand } from './request.commands.js';
import type { StepAhead } from './request.deadline.js';
import type { Rule } from './request.rule.js';

/**
 * Warned before, called when it has passed, watched later: the deadline says when, as its policy had it when it was counted.
 * Nothing happens when time passes, so somebody has to look at the clock: `now` is what it showed (ISO 8601, UTC).
 */
export const whenDeadlinePassesThenEscalate: Rule & {
  says: (step: StepAhead, now: string) => RequestCommand;
} = {
  subject: 'when-deadline-passes-then-escalate',
  name: '到期升级',
  says({ kind, begunAt, dueAt, does, to }, now) {
    const due = { kind, begunAt, dueAt, now };
    if (does === 'warn') return { type: 'Warn', data: due };
    if (does === 'supervise') return { type: 'Supervise', data: { ...due, to } };
    return { type: 'EscalateByRule', data: { rule: 'deadline', ...due, to } };
  },
};
