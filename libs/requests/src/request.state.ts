import type { Pause } from '#calendar';
import type { DeadlineKind } from '#policies';
import type { Deadline } from './request.deadline.js';
import type { Handler, Level, RequestEvent, Stated, Status } from './request.events.js';

/** Only what `decide` asks. */
export type RequestState = {
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
  /** The resident was reached, or there was nothing left to reach her for. */
  contacted: boolean;
  returns: number;
  reopenings: number;
  callbacks: number;
  outcome: string | null;
  /** The last event of a kind that may be repeated: twice the same is said once. */
  lastEntry: RequestEvent | null;
};

export const unlogged: RequestState = {
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
  contacted: false,
  returns: 0,
  reopenings: 0,
  callbacks: 0,
  outcome: null,
  lastEntry: null,
};

/** The status an event leads to; notes and corrections leave it as it is. The read models follow the same table. */
export const statusAfter: Partial<Record<RequestEvent['type'], Status>> = {
  RequestLogged: 'logged',
  Assigned: 'assigned',
  Accepted: 'accepted',
  Returned: 'returned',
  Claimed: 'accepted',
  Resolved: 'resolved',
  Closed: 'closed',
  Reopened: 'reopened',
  Withdrawn: 'withdrawn',
  Excluded: 'excluded',
};

type Step<Type> = (
  state: RequestState,
  data: Extract<RequestEvent, { type: Type }>['data'],
) => Partial<RequestState>;

const steps: { [Type in RequestEvent['type']]: Step<Type> } = {
  RequestLogged: (_, { summary, details, place, resident, category, station }) => ({
    timeZone: station.timeZone,
    category,
    stated: { summary, details, place, resident },
  }),
  Assigned: (_, { to, helpers }) => ({ holder: to, helpers }),
  LeadTransferred: (_, { to }) => ({ lead: to }),
  Accepted: (state, { by }) => ({ holder: by, lead: state.lead ?? by }),
  Returned: (state) => ({ holder: null, helpers: [], returns: state.returns + 1 }),
  Claimed: (state, { by }) => ({ holder: by, lead: state.lead ?? by }),
  ProgressRecorded: () => ({}),
  ResidentContacted: (state, { reached }) => ({ contacted: state.contacted || reached }),
  Resolved: (_, { outcome }) => ({ outcome, contacted: true, paused: false, pausedAt: null, pauses: [] }),
  CallbackRecorded: (state) => ({ callbacks: state.callbacks + 1 }),
  Closed: () => ({}),
  Reopened: (state) => ({ holder: state.lead, outcome: null, reopenings: state.reopenings + 1 }),
  Escalated: (_, { to }) => ({ level: to }),
  ClockPaused: (_, { at = null }) => ({ paused: true, pausedAt: at }),
  ClockResumed: ({ pausedAt, pauses }, { at }) => ({
    paused: false,
    pausedAt: null,
    pauses: pausedAt !== null && at !== undefined ? [...pauses, { from: pausedAt, to: at }] : pauses,
  }),
  DeadlineSet: (state, deadline) => ({ deadlines: { ...state.deadlines, [deadline.kind]: deadline } }),
  Recategorised: (_, { to }) => ({ category: to }),
  Corrected: (state, { changes }) => ({ stated: state.stated && { ...state.stated, ...changes } }),
  Withdrawn: () => ({ paused: false }),
  Excluded: () => ({ paused: false }),
};

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
    status: statusAfter[event.type] ?? state.status,
    lastEntry: repeatable.has(event.type) ? event : state.lastEntry,
  };
}
