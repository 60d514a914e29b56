import { type Limit, type Pause, type WorkCalendar, dueAfter, united } from '#calendar';
import {
  type DeadlineKind,
  type PolicyInForce,
  type UrgencyClass,
  classOf,
  deadlineKinds,
  limitOf,
} from '#policies';
import type { Deadline } from './request.deadline.js';
import { stepsOf } from './request.deadline-steps.js';
import type { Moved, RequestEvent, ResolutionClock } from './request.events.js';
import { meets, runs, stops } from './request.runs.js';
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

const recount: readonly EventType[] = [
  'ClockResumed',
  'Recategorised',
  'LeadTransferred',
  'TookIn',
  'GaveBack',
];

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
  const again = back || types.length === 0 || types.some((type) => recount.includes(type));
  return deadlineKinds.flatMap((kind): RequestEvent[] => {
    if (!runs[kind](after)) return [];
    if (types.some((type) => begins[kind].includes(type))) {
      return set(own(kind, after, terms, kind === 'resolution' ? clockOf(happening)?.from : undefined));
    }
    const known = after.deadlines[kind];
    const deadline = again ? inForce(kind, after, terms) : undefined;
    return known && deadline && (back || differs(known, deadline)) ? set(deadline) : [];
  });
}

const clockOf = (happening: RequestEvent[]) =>
  happening.flatMap(({ type, data }) => (type === 'RequestLogged' ? (data.resolutionClock ?? []) : []))[0];

/** The clock of the resolution as it runs; undefined where nothing counts it. */
export function resolutionClock(state: RequestState, now: string): ResolutionClock | undefined {
  const derivation = state.deadlines.resolution?.derivation;
  if (derivation?.by !== 'policy') return undefined;
  return { from: derivation.from, pauses: pausesOf('resolution', derivation, state, now) };
}

/**
 * What is met while the clock stands still is held to the time at which it would have run out if the clock had gone on then.
 * It is set before it is met; the pause lasts on for what is not.
 */
export function metInPause(before: RequestState, happening: RequestEvent[], terms: Terms): RequestEvent[] {
  if (before.pausedAt === null) return [];
  const after = happening.reduce(evolve, before);
  return deadlineKinds.flatMap((kind): RequestEvent[] => {
    const met = happening.some(({ type }) => meets[kind].includes(type));
    if (!met || !runs[kind](before) || runs[kind](after)) return [];
    const deadline = inForce(kind, before, terms);
    return !deadline || deadline.dueAt === before.deadlines[kind]?.dueAt ? [] : set(deadline);
  });
}

/** What a request that was merged brings to the other one: the deadlines that ran then, as they stand now. Undefined: none. */
export function movedBy(merged: RequestState, terms: Terms): Moved | undefined {
  const before = { ...merged, status: merged.mergedFrom ?? merged.status };
  const running = deadlineKinds.filter((kind) => runs[kind](before));
  const deadlines = running.flatMap((kind) => inForce(kind, before, terms) ?? []);
  return deadlines.length === 0 ? undefined : { at: terms.at, deadlines };
}

const set = (deadline: Deadline): RequestEvent[] => [{ type: 'DeadlineSet', data: deadline }];

/** The earliest of a request's own and of those that moved to it since its own began; undefined where it never had any. */
function inForce(kind: DeadlineKind, state: RequestState, terms: Terms): Deadline | undefined {
  const last = state.ownDeadlines[kind];
  if (!last) return undefined;
  const { derivation } = last;
  // What a source has given is the source's to change.
  const unmoved = derivation.by === 'source' ? last : own(kind, state, terms, derivation.from);
  const moved = Object.entries(state.moved)
    .filter(([, { at }]) => derivation.by === 'source' || at >= derivation.from)
    .flatMap(([request, { deadlines }]) =>
      deadlines.filter((deadline) => deadline.kind === kind).map((it) => here(it, request, state, terms)),
    );
  return moved.reduce((one, other) => ((other.dueAt ?? never) < (one.dueAt ?? never) ? other : one), unmoved);
}

const never = '~'; // after every instant

/** One of the request's own, by its category. */
function own(kind: DeadlineKind, state: RequestState, terms: Terms, from = terms.at): Deadline {
  const urgency = classOf(terms.policy.policy, state.category);
  const { timeZone } = state;
  const clock = { from, limit: limitOf(urgency, kind), timeZone, pauses: pausesSince(from, state, terms.at) };
  return counted(kind, clock, urgency, state, terms);
}

/** One that moved: it goes on as it was, and stands still whenever the request stands still that it moved to. */
function here(deadline: Deadline, request: string, state: RequestState, terms: Terms): Deadline {
  const { kind, derivation } = deadline;
  const before = state.deadlines[kind]?.dueAt ?? null;
  if (derivation.by === 'source') return { ...deadline, before, derivation: { ...derivation, request } };
  const { from, limit, timeZone } = derivation;
  const clock = { from, limit, timeZone, pauses: pausesOf(kind, { from, request }, state, terms.at) };
  const { classes } = terms.policy.policy;
  const urgency =
    classes.find(({ code }) => code === derivation.class) ?? classOf(terms.policy.policy, state.category);
  const again = counted(kind, clock, urgency, state, terms);
  return { ...again, derivation: { ...again.derivation, request } };
}

type Clock = { from: string; limit: Limit | null; timeZone: string; pauses: readonly Pause[] };

function counted(
  kind: DeadlineKind,
  { from, limit, timeZone, pauses }: Clock,
  urgency: UrgencyClass,
  state: RequestState,
  { policy, calendar }: Terms,
): Deadline {
  const due = limit && dueAfter(calendar, timeZone, from, limit, pauses);
  const run = due && { from, dueAt: due.dueAt, timeZone, pauses };
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
      timeZone,
      days: due?.days ?? [],
      pauses: pauses.filter((pause) => due !== null && stops(pause.from, due.dueAt)),
    },
    steps: run ? stepsOf(kind, run, policy.policy, urgency, calendar) : [],
  };
}

/**
 * The pauses that stopped the clock of a deadline. One that moved was paused where it came from, and stands still with the request
 * that it moved to from then on.
 */
export function pausesOf(
  kind: DeadlineKind,
  { from, request }: { from: string; request?: string | undefined },
  state: Pick<RequestState, 'pauses' | 'pausedAt' | 'moved'>,
  now: string,
): readonly Pause[] {
  const moved = request === undefined ? undefined : state.moved[request];
  if (!moved) return pausesSince(from, state, now);
  const { at, deadlines } = moved;
  const before = deadlines.find((deadline) => deadline.kind === kind)?.derivation;
  const since = pausesSince(at, state, now).map((pause) => ({
    ...pause,
    from: pause.from > at ? pause.from : at,
  }));
  return before?.by === 'policy' ? [...before.pauses, ...since] : since;
}

/** The pauses that stopped a clock begun at an instant; one that has not ended is taken to end now. */
function pausesSince(
  from: string,
  { pauses, pausedAt }: Pick<RequestState, 'pauses' | 'pausedAt'>,
  now: string,
): RequestState['pauses'] {
  const all = pausedAt === null ? pauses : [...pauses, { from: pausedAt, to: now }];
  return united(all).filter((pause) => pause.to > from);
}

function differs(known: Deadline, now: Deadline): boolean {
  const facts = ['dueAt', 'provisional', 'policyVersion', 'calendarVersion'] as const;
  if (facts.some((fact) => known[fact] !== now[fact])) return true;
  return JSON.stringify([known.derivation, known.steps]) !== JSON.stringify([now.derivation, now.steps]);
}
