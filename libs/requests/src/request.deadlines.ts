import { type WorkCalendar, dueAfter } from '#calendar';
import { type DeadlineKind, type PolicyInForce, classOf, deadlineKinds, limitOf } from '#policies';
import type { Deadline } from './request.deadline.js';
import { type RequestEvent, type Status, isOpen } from './request.events.js';
import { type RequestState, evolve } from './request.state.js';

/** What deadlines are made of: gathered for a command before it is decided, like the facts of its station. */
export type Terms = {
  /** ISO 8601, UTC: when it happens. */
  at: string;
  policy: PolicyInForce;
  calendar: WorkCalendar;
};

type EventType = RequestEvent['type'];

// The time before acceptance belongs to the unit that holds the request: each of them has it anew.
const begins: Record<DeadlineKind, readonly EventType[]> = {
  acceptance: ['RequestLogged', 'Assigned', 'Returned', 'Reopened'],
  'first-contact': ['RequestLogged'],
  resolution: ['RequestLogged', 'Reopened'],
};

/** Nobody has taken it on, or not anew since it was opened again. */
export const unaccepted: readonly Status[] = ['logged', 'returned', 'assigned', 'reopened'];

/** Whether a kind of deadline still has to be met. */
export const runs: Record<DeadlineKind, (state: Pick<RequestState, 'status' | 'contacted'>) => boolean> = {
  acceptance: ({ status }) => unaccepted.includes(status),
  'first-contact': ({ status, contacted }) => isOpen(status) && !contacted,
  resolution: ({ status }) => isOpen(status),
};

const recount: readonly EventType[] = ['ClockResumed', 'Recategorised'];

/**
 * The deadlines that begin with what happens, or come out otherwise by it; nothing happening counts all of them again. A
 * request that was logged without deadlines has none later either.
 */
export function deadlinesAfter(
  before: RequestState,
  happening: RequestEvent[],
  terms: Terms,
): RequestEvent[] {
  const after = happening.reduce(evolve, before);
  const types = happening.map(({ type }) => type);
  const logged = types.includes('RequestLogged');
  if (!logged && Object.keys(before.deadlines).length === 0) return [];
  const back = types.includes('Unmerged'); // while it was merged it had none of its own
  const again = types.length === 0 || types.some((type) => recount.includes(type));
  return deadlineKinds.flatMap((kind): RequestEvent[] => {
    if (!runs[kind](after)) return [];
    const known = after.deadlines[kind];
    if (types.some((type) => begins[kind].includes(type))) return set(counted(kind, terms.at, after, terms));
    // What a source has given is the source's to change.
    if (known?.derivation.by !== 'policy') return back && known ? set(known) : [];
    if (!again && !back) return [];
    const deadline = counted(kind, known.derivation.from, after, terms);
    return back || differs(known, deadline) ? set(deadline) : [];
  });
}

const set = (deadline: Deadline): RequestEvent[] => [{ type: 'DeadlineSet', data: deadline }];

function counted(
  kind: DeadlineKind,
  from: string,
  state: RequestState,
  { at, policy, calendar }: Terms,
): Deadline {
  const urgency = classOf(policy.policy, state.category);
  const limit = limitOf(urgency, kind);
  const pauses = pausesSince(from, state, at);
  const due = limit && dueAfter(calendar, state.timeZone, from, limit, pauses);
  return {
    kind,
    dueAt: due?.dueAt ?? null,
    before: state.deadlines[kind]?.dueAt ?? null,
    policyVersion: policy.name,
    calendarVersion: calendar.version,
    provisional: due?.provisional ?? false,
    derivation: {
      by: 'policy',
      class: urgency.code,
      from,
      limit,
      timeZone: state.timeZone,
      days: due?.days ?? [],
      // A clock that had run out was not stopped.
      pauses: pauses.filter((pause) => due !== null && pause.from < due.dueAt),
    },
  };
}

/** The pauses that stopped a clock begun at an instant; one that has not ended is taken to end now. */
export function pausesSince(
  from: string,
  { pauses, pausedAt }: Pick<RequestState, 'pauses' | 'pausedAt'>,
  now: string,
): RequestState['pauses'] {
  const all = pausedAt === null ? pauses : [...pauses, { from: pausedAt, to: now }];
  return all.filter((pause) => pause.to > from && pause.to > pause.from);
}

function differs(known: Deadline, now: Deadline): boolean {
  const facts = ['dueAt', 'provisional', 'policyVersion', 'calendarVersion'] as const;
  if (facts.some((fact) => known[fact] !== now[fact])) return true;
  return JSON.stringify(known.derivation) !== JSON.stringify(now.derivation);
}
