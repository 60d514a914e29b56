import { localDay } from '#calendar';
import type { Projection, Recorded } from '#event-sourcing';
import { type RequestEvent, type Resident, isOpen, nextStatus } from '#requests';
import { type Called, type LogbookRow, done, logbookTable } from './logbook.row.js';

type Of<Type> = Recorded<Extract<RequestEvent, { type: Type }>>;
type Change<Type> = (row: LogbookRow, event: Of<Type>) => Partial<LogbookRow>;
type Later = Exclude<RequestEvent['type'], 'RequestLogged'>;

const resident = { kind: 'resident', id: null, name: null } as const;

const changes: { [Type in Later]: Change<Type> } = {
  Assigned: (row, { data: { to, helpers, note }, occurredAt }) => ({
    ...called(row, occurredAt, to, ...helpers),
    ...noted(note),
  }),
  LeadTransferred: (row, { data: { to }, occurredAt }) => called(row, occurredAt, to),
  Accepted: (row, { data: { by }, occurredAt }) => called(row, occurredAt, by),
  Returned: (_, { data: { reason } }) => noted(reason),
  Claimed: (row, { data: { by }, occurredAt }) => called(row, occurredAt, by),
  ProgressRecorded: (_, { data: { note } }) => noted(note),
  ResidentContacted: (row, { data: { note }, occurredAt }) => ({
    ...called(row, occurredAt, resident),
    ...noted(note),
  }),
  Resolved: (_, { data: { outcome } }) => ({ outcome }),
  CallbackRecorded: (row, { data: { note }, occurredAt }) => ({
    ...called(row, occurredAt, resident),
    ...noted(note),
  }),
  // What nobody said stands in the history.
  ResidentUnreachable: () => ({}),
  Closed: (_, { data: { note } }) => noted(note),
  Reopened: (_, { data: { reason } }) => ({ outcome: null, ...noted(reason) }),
  // What a rule brings about has no words of anybody's.
  Escalated: (_, { data: { reason, trigger } }) => (trigger === 'hand' ? noted(reason) : {}),
  ClockPaused: (_, { data: { reason } }) => noted(reason),
  ClockResumed: (_, { data: { note } }) => noted(note),
  DeadlineSet: () => ({}),
  DeadlineNeared: () => ({}),
  Supervised: () => ({}),
  Recategorised: (_, { data: { to } }) => ({ category: to }),
  Corrected: (_, { data: { changes: stated } }) => ({
    ...(stated.summary !== undefined && { summary: stated.summary }),
    ...(stated.details !== undefined && { details: stated.details }),
    ...(stated.place !== undefined && { building: stated.place.building, unit: stated.place.unit }),
    ...(stated.resident !== undefined && reporter(stated.resident)),
  }),
  // The line stays as it was written down, and says where the matter went on.
  Merged: (_, { data: { into, reason } }) => noted(`并入 ${into}：${reason}`),
  Unmerged: (_, { data: { from, reason, trigger } }) =>
    noted(trigger === 'hand' ? `取消并入 ${from}：${reason}` : `${from} 已办结，未能并入`),
  TookIn: (_, { data: { request } }) => noted(`${request} 并入本件`),
  GaveBack: () => ({}),
  Split: (_, { data: { parts, reason } }) =>
    noted(`拆分为 ${parts.map(({ requestId }) => requestId).join('、')}：${reason}`),
  Withdrawn: (_, { data: { reason } }) => noted(reason),
  Excluded: (_, { data: { reason } }) => noted(reason),
};

type Evolve = Projection<LogbookRow, RequestEvent>['evolve'];

/** The register of every station: a line for each request, on the day it was brought, however late it was entered. */
export const logbookProjection: Projection<LogbookRow, RequestEvent> = {
  name: 'logbook',
  version: 2,
  streams: ['request-'],
  table: logbookTable,
  rowOf: ({ stream }) => stream.slice('request-'.length),
  evolve: {
    RequestLogged: (_, event) => searchable(logged(event)),
    ...(Object.fromEntries(
      Object.entries(changes).map(([type, change]) => [type, follow(change as Change<'Closed'>)]),
    ) as unknown as Omit<Evolve, 'RequestLogged'>),
  },
};

function logged({ data, occurredAt, position, metadata }: Of<'RequestLogged'>): LogbookRow {
  return {
    id: data.requestId,
    station: data.station.code,
    logged_at: occurredAt,
    day: localDay(occurredAt, data.station.timeZone),
    channel: data.channel,
    paper: data.paper,
    ...reporter(data.resident),
    building: data.place.building,
    unit: data.place.unit,
    category: data.category,
    summary: data.summary,
    details: data.details,
    called: [],
    outcome: null,
    note: data.partOf === undefined ? null : `拆分自 ${data.partOf}`,
    signed_by: metadata.actor.name,
    status: 'logged',
    open: true,
    turns: [position.toString()],
    turned: position.toString(),
    words: '',
  };
}

// What every later event does to a line, besides its own change.
function follow(
  change: Change<'Closed'>,
): (row: LogbookRow | undefined, event: Of<'Closed'>) => LogbookRow | undefined {
  return (row, event) => {
    if (!row) return undefined;
    const status = nextStatus(event, row.status);
    const open = isOpen(status);
    const turned = event.position.toString();
    const turn = open === row.open ? {} : { turns: [...row.turns, turned], turned };
    return searchable({ ...row, ...change(row, event), status, open, ...turn });
  };
}

// Each once, in the order of the calls; a call that is entered late takes its place.
function called(row: LogbookRow, at: string, ...whom: Omit<Called, 'at'>[]): Partial<LogbookRow> {
  const all = [...row.called];
  for (const { kind, id, name } of whom) {
    if (!all.some((one) => one.kind === kind && one.id === id)) all.push({ kind, id, name, at });
  }
  return { called: all.sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0)) };
}

const noted = (note: string | null): Partial<LogbookRow> => (note === null ? {} : { note });

const reporter = (who: Resident | null) => ({
  resident_name: who?.name ?? null,
  resident_phone: who?.phone ?? null,
  resident_flat: who?.flat ?? null,
});

const searched = [
  'id',
  'resident_name',
  'resident_phone',
  'resident_flat',
  'building',
  'unit',
  'category',
  'summary',
  'details',
  'signed_by',
] as const;

// A line feed between them, so that nothing is found across two columns.
function searchable(row: LogbookRow): LogbookRow {
  const shown = [...searched.map((column) => row[column]), ...row.called.map(({ name }) => name), done(row)];
  return { ...row, words: shown.filter(Boolean).join('\n').toLowerCase() };
}
