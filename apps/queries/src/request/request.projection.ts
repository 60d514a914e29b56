import { localDay } from '#calendar';
import type { Projection, Recorded } from '#event-sourcing';
import { type Deadline, type Handler, type RequestEvent, isOpen, nextStatus, runs, stops } from '#requests';
import {
  askedAnew,
  calledBack,
  dueOf,
  givenBack,
  givenUp,
  takenIn,
  unasked,
  unmerged,
} from './request.callers.js';
import { type RequestEventType, type RequestRow, requestTable } from './request.row.js';

type Of<Type extends RequestEventType> = Recorded<Extract<RequestEvent, { type: Type }>>;
type Change<Type extends RequestEventType> = (row: RequestRow, event: Of<Type>) => Partial<RequestRow>;

const changes: { [Type in Exclude<RequestEventType, 'RequestLogged'>]: Change<Type> } = {
  Assigned: (row, { data: { to, helpers }, occurredAt }) => held(row, to, occurredAt, { helpers }),
  LeadTransferred: (_, { data: { to } }) => ({ lead: to }),
  Accepted: (row, { data: { by }, occurredAt }) => ({
    ...held(row, by, occurredAt, { lead: row.lead ?? by }),
    ...responded(row, occurredAt),
  }),
  Returned: (row) => ({ holder: null, holder_since: null, helpers: [], returns: row.returns + 1 }),
  Claimed: (row, { data: { by }, occurredAt }) => ({
    ...held(row, by, occurredAt, { lead: row.lead ?? by }),
    ...responded(row, occurredAt),
  }),
  ProgressRecorded: (row, { occurredAt }) => responded(row, occurredAt),
  ResidentContacted: (row, { data: { reached }, occurredAt }) => ({
    ...responded(row, occurredAt),
    deadlines: row.deadlines.filter(({ kind }) => !reached || kind !== 'first-contact'),
  }),
  Resolved: (row, { data: { outcome }, occurredAt }) => ({
    outcome,
    resolved_at: occurredAt,
    paused_at: null,
    ...askedAnew(row),
    ...responded(row, occurredAt),
  }),
  CallbackRecorded: (row, { data, occurredAt }) => calledBack(row, data, occurredAt),
  ResidentUnreachable: (row, { data }) => givenUp(row, data),
  Closed: (_, { occurredAt }) => ({ closed_at: occurredAt }),
  Reopened: (row, { occurredAt }) => ({
    holder: row.lead,
    holder_since: row.lead && occurredAt,
    outcome: null,
    resolved_at: null,
    closed_at: null,
    reopenings: row.reopenings + 1,
  }),
  Escalated: (row, { data: { to } }) => ({ level: to, escalations: row.escalations + 1 }),
  ClockPaused: (_, { data: { at }, occurredAt }) => ({ paused_at: at ?? occurredAt }),
  ClockResumed: () => ({ paused_at: null }),
  DeadlineSet: ({ deadlines }, { data }) => ({
    deadlines: [...deadlines.filter(({ kind }) => kind !== data.kind), data],
  }),
  DeadlineNeared: () => ({}),
  Supervised: () => ({}),
  Recategorised: (_, { data: { to } }) => ({ category: to }),
  Corrected: (_, { data: { changes: stated } }) => ({
    ...(stated.summary !== undefined && { summary: stated.summary }),
    ...(stated.details !== undefined && { details: stated.details }),
    ...(stated.place !== undefined && { building: stated.place.building, unit: stated.place.unit }),
    ...(stated.resident !== undefined && residentOf(stated.resident)),
  }),
  Merged: (_, { data: { into } }) => ({ merged_into: into }),
  Unmerged: (row, { data }) => unmerged(row, data),
  TookIn: (row, { data }) => takenIn(row, data),
  GaveBack: (row, { data }) => givenBack(row, data),
  Split: (row, { data: { parts } }) => ({
    parts: [...row.parts, ...parts.map(({ requestId, summary }) => ({ id: requestId, summary }))],
  }),
  Withdrawn: () => ({ paused_at: null }),
  Excluded: () => ({ paused_at: null }),
};

type Evolve = Projection<RequestRow, RequestEvent>['evolve'];

/** Where every request stands now: one row each. */
export const requestProjection: Projection<RequestRow, RequestEvent> = {
  name: 'request',
  version: 6,
  streams: ['request-'],
  table: requestTable,
  rowOf: ({ stream }) => stream.slice('request-'.length),
  evolve: {
    RequestLogged: (_, event) => logged(event),
    ...(Object.fromEntries(
      Object.entries(changes).map(([type, change]) => [type, follow(change as Change<'Closed'>)]),
    ) as unknown as Omit<Evolve, 'RequestLogged'>),
  },
};

function logged({ data, occurredAt, revision, metadata }: Of<'RequestLogged'>): RequestRow {
  const { station, place, resident, source } = data;
  return {
    id: data.requestId,
    station: station.code,
    station_name: station.name,
    community: station.community,
    street: station.street,
    district: station.district,
    time_zone: station.timeZone,
    status: 'logged',
    open: true,
    category: data.category,
    summary: data.summary,
    details: data.details,
    building: place.building,
    unit: place.unit,
    ...residentOf(resident),
    resident_district: data.residentDistrict,
    channel: data.channel,
    paper: data.paper,
    holder: null,
    holder_id: null,
    holder_since: null,
    lead: null,
    helpers: [],
    units: [],
    level: 'station',
    paused_at: null,
    deadlines: [],
    due_at: null,
    outcome: null,
    logged_at: occurredAt,
    logged_day: localDay(occurredAt, station.timeZone),
    logged_by: metadata.actor.name,
    first_response_at: null,
    resolved_at: null,
    closed_at: null,
    returns: 0,
    reopenings: 0,
    callbacks: 0,
    escalations: 0,
    last_callback: null,
    asked: unasked,
    callback_due: false,
    merged_into: null,
    callers: [],
    part_of: data.partOf ?? null,
    parts: [],
    source_system: source?.system ?? null,
    source_key: source?.key ?? null,
    revision: revision.toString(),
    updated_at: occurredAt,
  };
}

// What every later event does to a row, besides its own change.
function follow(
  change: Change<'Closed'>,
): (row: RequestRow | undefined, event: Of<'Closed'>) => RequestRow | undefined {
  return (row, event) => {
    if (!row) return undefined;
    const changed = { ...row, ...change(row, event) };
    const status = nextStatus(event, row.status);
    const { holder, lead, helpers } = changed;
    const deadlines = changed.deadlines.filter(({ kind }) => runs[kind]({ status, contacted: false }));
    const units = [holder, lead, ...helpers].flatMap((handler) => (handler ? [handler.id] : []));
    return {
      ...changed,
      status,
      open: isOpen(status),
      deadlines,
      due_at: firstDue(deadlines, changed.paused_at),
      callback_due: status === 'resolved' && dueOf(changed).length > 0,
      holder_id: holder?.id ?? null,
      units: [...new Set(units)],
      revision: event.revision.toString(),
      updated_at: event.occurredAt,
    };
  };
}

// ISO 8601 in UTC: the order of the texts is that of time.
const firstDue = (deadlines: Deadline[], pausedAt: string | null): string | null =>
  deadlines.flatMap(({ dueAt }) => (dueAt === null || stops(pausedAt, dueAt) ? [] : dueAt)).sort()[0] ?? null;

// Accepting what one was given does not begin a new holding.
function held(
  { holder, holder_since }: RequestRow,
  by: Handler,
  since: string,
  rest: Partial<RequestRow>,
): Partial<RequestRow> {
  const same = holder?.id === by.id;
  return { holder: by, holder_since: same ? holder_since : since, ...rest };
}

// Notes entered late may tell of something earlier: whichever came first.
const responded = ({ first_response_at: first }: RequestRow, at: string): Partial<RequestRow> => ({
  first_response_at: first !== null && first <= at ? first : at,
});

const residentOf = (resident: { name: string | null; phone: string | null; flat: string | null } | null) => ({
  resident_name: resident?.name ?? null,
  resident_phone: resident?.phone ?? null,
  resident_flat: resident?.flat ?? null,
});
