import type { Pause } from '#calendar';
import type { DeadlineKind } from '#policies';
import { nextStatus } from './request.status.js';
import { type Deadline, type DeadlineStep, type StepAhead, begun, stepName } from './request.deadline.js';
import type {
  Handler,
  Level,
  Moved,
  Part,
  RequestEvent,
  Stated,
  Status,
  ThirdTime,
} from './request.events.js';

/** Only what `decide` asks. */
export type RequestState = {
  id: string | null;
  district: string | null;
  status: Status;
  category: string | null;
  stated: Stated | null;
  /** Who is doing it now; nobody after a return. */
  holder: Handler | null;
  helpers: Handler[];
  /** 首接单位: who accepted first and answers for it to the end. */
  lead: Handler | null;
  level: Level;
  paused: boolean;
  /** Of the pause that lasts, and those that ended since the request was last opened. Old events do not say when. */
  pausedAt: string | null;
  pauses: readonly Pause[];
  /** IANA name: the station's. */
  timeZone: string;
  /** As last set. */
  deadlines: Readonly<Partial<Record<DeadlineKind, Deadline>>>;
  /** As last set of its own, whatever was merged into it. */
  ownDeadlines: Readonly<Partial<Record<DeadlineKind, Deadline>>>;
  /** What the requests merged into this one brought along. */
  moved: Readonly<Record<string, Moved>>;
  /** The steps of deadlines that were taken, by their names. */
  taken: readonly string[];
  /** The last return or reopening that called the level above. */
  calledFor: Readonly<Partial<Record<ThirdTime, number>>>;
  /** The resident was reached, or there was nothing left to reach her for. */
  contacted: boolean;
  returns: number;
  reopenings: number;
  callbacks: number;
  /** Attempts in vain since the resolution in force, by caller; the request's own resident is ''. */
  unreached: Readonly<Record<string, number>>;
  /** Callers who have answered since then, or were given up: nobody is given up any more. */
  concluded: readonly string[];
  outcome: string | null;
  mergedInto: string | null;
  /** The status it had when it was merged. */
  mergedFrom: Status | null;
  unmergedFrom: string | null;
  /** Number of the last attempt it knows of that was made while it was merged. */
  attemptsElsewhere: number;
  /** The requests merged into this one, with how often the resident of each was called back. */
  takenIn: Readonly<Record<string, number>>;
  partOf: string | null;
  parts: readonly Part[];
  /** The last event of a kind that may be repeated: twice the same is said once. */
  lastEntry: RequestEvent | null;
};

export const unlogged: RequestState = {
  id: null,
  district: null,
  status: 'unlogged',
  category: null,
  stated: null,
  holder: null,
  helpers: [],
  lead: null,
  level: 'station',
  paused: false,
  pausedAt: null,
  pauses: [],
  timeZone: 'UTC',
  deadlines: {},
  ownDeadlines: {},
  moved: {},
  taken: [],
  calledFor: {},
  contacted: false,
  returns: 0,
  reopenings: 0,
  callbacks: 0,
  unreached: {},
  concluded: [],
  outcome: null,
  mergedInto: null,
  mergedFrom: null,
  unmergedFrom: null,
  attemptsElsewhere: 0,
  takenIn: {},
  partOf: null,
  parts: [],
  lastEntry: null,
};

type Step<Type> = (
  state: RequestState,
  data: Extract<RequestEvent, { type: Type }>['data'],
) => Partial<RequestState>;

const steps: { [Type in RequestEvent['type']]: Step<Type> } = {
  RequestLogged: (_, { requestId, station, category, partOf, resolutionClock, ...stated }) => ({
    id: requestId,
    district: station.district,
    timeZone: station.timeZone,
    category,
    partOf: partOf ?? null,
    pauses: resolutionClock?.pauses ?? [],
    stated: {
      summary: stated.summary,
      details: stated.details,
      place: stated.place,
      resident: stated.resident,
    },
  }),
  Assigned: (_, { to, helpers }) => ({ holder: to, helpers }),
  LeadTransferred: (_, { to }) => ({ lead: to }),
  Accepted: (state, { by }) => ({ holder: by, lead: state.lead ?? by }),
  Returned: (state) => ({ holder: null, helpers: [], returns: state.returns + 1 }),
  Claimed: (state, { by }) => ({ holder: by, lead: state.lead ?? by }),
  ProgressRecorded: () => ({}),
  ResidentContacted: (state, { reached }) => ({ contacted: state.contacted || reached }),
  Resolved: (_, { outcome }) => ({
    outcome,
    contacted: true,
    paused: false,
    pausedAt: null,
    pauses: [],
    unreached: {},
    concluded: [],
  }),
  CallbackRecorded: (state, { attempt, caller, contacted, from }) =>
    from === undefined ? calledBack(state, caller, contacted) : broughtBack(state, attempt),
  ResidentUnreachable: ({ concluded }, { caller }) => ({ concluded: [...concluded, caller ?? ''] }),
  Closed: () => ({}),
  Reopened: (state) => ({ holder: state.lead, outcome: null, reopenings: state.reopenings + 1 }),
  Escalated: (state, { to, trigger, count, deadline }) => ({
    level: to,
    ...(deadline && took(state, deadline.kind, 'escalate', to)),
    // Old events do not say which one it was: it was the last.
    ...(trigger === 'third-return' && calledFor(state, trigger, count ?? state.returns)),
    ...(trigger === 'third-reopening' && calledFor(state, trigger, count ?? state.reopenings)),
  }),
  ClockPaused: (_, { at = null }) => ({ paused: true, pausedAt: at }),
  ClockResumed: ({ pausedAt, pauses }, { at }) => ({
    paused: false,
    pausedAt: null,
    pauses: pausedAt !== null && at !== undefined ? [...pauses, { from: pausedAt, to: at }] : pauses,
  }),
  DeadlineSet: ({ deadlines, ownDeadlines }, deadline) => ({
    deadlines: { ...deadlines, [deadline.kind]: deadline },
    ...(deadline.derivation.request === undefined && {
      ownDeadlines: { ...ownDeadlines, [deadline.kind]: deadline },
    }),
  }),
  DeadlineNeared: (state, { kind }) => took(state, kind, 'warn', null),
  Supervised: (state, { kind, by }) => took(state, kind, 'supervise', by),
  Recategorised: (_, { to }) => ({ category: to }),
  Corrected: (state, { changes }) => ({ stated: state.stated && { ...state.stated, ...changes } }),
  Merged: ({ status }, { into }) => ({ mergedInto: into, mergedFrom: status, unmergedFrom: null }),
  Unmerged: ({ callbacks }, { from, callbacks: made }) => ({
    mergedInto: null,
    mergedFrom: null,
    unmergedFrom: from,
    callbacks: callbacks + made.length,
    attemptsElsewhere: callbacks + made.length,
  }),
  TookIn: ({ takenIn, moved }, { request, callbacks, at, deadlines }) => ({
    takenIn: { ...takenIn, [request]: callbacks },
    ...(at !== undefined && deadlines && { moved: { ...moved, [request]: { at, deadlines } } }),
  }),
  GaveBack: ({ takenIn, moved }, { request }) => {
    const { [request]: _, ...rest } = takenIn;
    const { [request]: __, ...others } = moved;
    return { takenIn: rest, moved: others };
  },
  Split: (state, { parts }) => ({ parts: [...state.parts, ...parts] }),
  Withdrawn: () => ({ paused: false }),
  Excluded: () => ({ paused: false }),
};

function took(
  { deadlines, taken }: RequestState,
  kind: DeadlineKind,
  does: DeadlineStep['does'],
  to: Level | null,
): Partial<RequestState> {
  const deadline = deadlines[kind];
  if (!deadline) return {};
  const step = { kind, begunAt: begun(deadline), dueAt: deadline.dueAt, does, to } as StepAhead;
  return { taken: [...taken, stepName(step)] };
}

const calledFor = (state: RequestState, rule: ThirdTime, count: number): Partial<RequestState> => ({
  calledFor: { ...state.calledFor, [rule]: count },
});

function calledBack(
  { callbacks, takenIn, unreached, concluded }: RequestState,
  caller: string | undefined,
  contacted: boolean,
): Partial<RequestState> {
  return {
    ...(caller === undefined
      ? { callbacks: callbacks + 1 }
      : { takenIn: { ...takenIn, [caller]: (takenIn[caller] ?? 0) + 1 } }),
    ...(contacted
      ? { concluded: [...concluded, caller ?? ''] }
      : { unreached: { ...unreached, [caller ?? '']: (unreached[caller ?? ''] ?? 0) + 1 } }),
  };
}

// It was asked elsewhere and about something else: nothing that is counted since a resolution of its own.
const broughtBack = (
  { callbacks, attemptsElsewhere }: RequestState,
  attempt: number,
): Partial<RequestState> => ({
  callbacks: callbacks + 1,
  attemptsElsewhere: Math.max(attemptsElsewhere, attempt),
});

const repeatable: ReadonlySet<string> = new Set([
  'ProgressRecorded',
  'ResidentContacted',
  'CallbackRecorded',
]);

export function evolve(state: RequestState, event: RequestEvent): RequestState {
  const step = steps[event.type] as Step<RequestEvent['type']>;
  return {
    ...state,
    ...step(state, event.data),
    status: nextStatus(event, state.status),
    lastEntry: repeatable.has(event.type) ? event : state.lastEntry,
  };
}
