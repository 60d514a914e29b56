import { Problem } from '#problems';
import type { Principal, Role } from './principal.js';
import { covers, type Locality, refusal } from './scope.js';

/** `own`: within the principal's scope; `any`: everywhere. */
export type Reach = 'own' | 'any';
type Row = Readonly<Partial<Record<Role, Reach>>>;

// Who works on requests from the station's side. A handler only does what the unit that holds a request does itself:
// it neither gives work away nor answers for the resident. The auditor's and the analyst's rows have no writing action
// at all, and the admin never touches a request, so that whoever issues tokens cannot act in the residents' names.
const station = { volunteer: 'own', coordinator: 'own', supervisor: 'own' } as const satisfies Row;
const stationAndHandler = { ...station, handler: 'own' } as const satisfies Row;

const table = {
  'open-station': { admin: 'any' },
  'rename-station': { admin: 'any' },
  'close-station': { admin: 'any' },

  // What everybody is measured by is set by nobody who is.
  'publish-policy': { admin: 'any' },
  'publish-calendar': { admin: 'any' },

  'log-request': station,
  assign: station,
  accept: stationAndHandler,
  // A volunteer who holds the telephone does not decide that a unit may give work back.
  return: { coordinator: 'own', supervisor: 'own', handler: 'own' },
  claim: station,
  'record-progress': stationAndHandler,
  contact: stationAndHandler,
  resolve: stationAndHandler,
  'record-callback': station,
  close: station,
  reopen: station,
  escalate: station,
  // Stopping the clock needs the community's word, leaving a request out of the rates the street's or the district's.
  pause: { coordinator: 'own', supervisor: 'own' },
  resume: { coordinator: 'own', supervisor: 'own' },
  recategorise: station,
  correct: station,
  withdraw: station,
  // Merging needs both requests within the scope; what was merged may be taken back by those it belongs to.
  merge: station,
  unmerge: station,
  split: station,
  exclude: { supervisor: 'own' },

  'read-request': { ...stationAndHandler, auditor: 'own', analyst: 'own' },
  'list-requests': { ...stationAndHandler, auditor: 'own', analyst: 'own' },
  // Histories and logbooks are full of names and telephone numbers: nothing in them can be redacted reliably.
  'read-history': { ...station, auditor: 'own' },
  'read-logbook': { ...station, auditor: 'own' },
  'read-callbacks': { ...station, auditor: 'own' },
  // Where the stations are hangs on their doors; a unit answers to every station that calls it.
  'read-station': { ...station, handler: 'any', auditor: 'own', analyst: 'own', admin: 'any' },
  // As on the public topic, without personal data; what happened to a request is known in its own place first.
  'read-events': { ...station, auditor: 'own', analyst: 'own' },
  // Figures without persons: stations compare themselves with the next district.
  'read-statistics': {
    volunteer: 'any',
    coordinator: 'any',
    supervisor: 'any',
    auditor: 'own',
    analyst: 'own',
    admin: 'any',
  },

  // Who is measured sees the numbers of all, and no handler writes them.
  'read-rates': {
    coordinator: 'any',
    supervisor: 'any',
    auditor: 'own',
    analyst: 'own',
    admin: 'any',
  },

  // Rules that are kept secret cannot be followed.
  'read-policy': {
    volunteer: 'any',
    coordinator: 'any',
    supervisor: 'any',
    handler: 'any',
    auditor: 'any',
    analyst: 'any',
    admin: 'any',
  },

  'read-projections': { admin: 'any' },
  'rebuild-projection': { admin: 'any' },
} satisfies Record<string, Row>;

export type Action = keyof typeof table;

/** Who may do what, and how far: the one place that says so. */
export const permissions: Readonly<Record<Action, Row>> = table;

export const actions = Object.keys(table) as Action[];

/** How far a role may do something; `undefined` when it may not at all. */
export function reach(role: Role, action: Action): Reach | undefined {
  return permissions[action][role];
}

/**
 * Throws the problem `forbidden-role`, `foreign-station` or `out-of-scope` unless the principal may do this at this place.
 * The guard has asked for the role before; the place is known once the request or station has been read.
 */
export function authorise(principal: Principal, action: Action, place: Locality): void {
  const far = reach(principal.role, action);
  if (!far) throw new Problem('forbidden-role');
  if (far === 'own' && !covers(principal.scope, place)) throw new Problem(refusal(principal));
}
