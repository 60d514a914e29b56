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
  RequestLogged: (_, { summary, details, place, resident, category }) => ({
    category,
    stated: { summary, details, place, resident },
  }),
  Assigned: (_, { to, helpers }) => ({ holder: to, helpers }),
  LeadTransferred: (_, { to }) => ({ lead: to }),
  Accepted: (state, { by }) => ({ holder: by, lead: state.lead ?? by }),
  Returned: (state) => ({ holder: null, helpers: [], returns: state.returns + 1 }),
  Claimed: (state, { by }) => ({ holder: by, lead: state.lead ?? by }),
  ProgressRecorded: () => ({}),
  ResidentContacted: () => ({}),
  Resolved: (_, { outcome }) => ({ outcome, paused: false }),
  CallbackRecorded: (state) => ({ callbacks: state.callbacks + 1 }),
  Closed: () => ({}),
  Reopened: (state) => ({ holder: state.lead, outcome: null, reopenings: state.reopenings + 1 }),
  Escalated: (_, { to }) => ({ level: to }),
  ClockPaused: () => ({ paused: true }),
  ClockResumed: () => ({ paused: false }),
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
