import { localDay } from '#calendar';
import type { Projection, Recorded } from '#event-sourcing';
import { type Handler, type RequestEvent, isOpen, statusAfter } from '#requests';
import { type RatesRow, type Standing, ratesTable } from './rates.row.js';
import { hasAnswered, said, withWords, withoutWord } from './rates.words.js';

type Of<Type> = Recorded<Extract<RequestEvent, { type: Type }>>;
type Change<Type> = (row: RatesRow, event: Of<Type>) => Partial<RatesRow>;
type Later = Exclude<RequestEvent['type'], 'RequestLogged'>;

const nothing = () => ({});

const changes: { [Type in Later]: Change<Type> } = {
  Assigned: (row, { data: { to } }) => assigned(row, to, row.assignments[to.id]?.returned ?? false),
  LeadTransferred: (_, { data: { to } }) => leadBy(to),
  Accepted: (row, { data: { by } }) => led(row, by),
  Returned: (row, { data: { by } }) => assigned(row, by, true),
  Claimed: (row, { data: { by } }) => led(row, by),
  ProgressRecorded: nothing,
  ResidentContacted: nothing,
  Resolved: (_, { occurredAt, position }) => ({
    resolved_at: occurredAt,
    resolved_position: position.toString(),
    ever_resolved: true,
    paused_at: null,
  }),
  // An attempt in vain is no answer yet; the last one brings ResidentUnreachable.
  CallbackRecorded: (row, { data, position }) =>
    data.contacted ? withWords(row, data.caller, [said(data, position)]) : {},
  // The decider once gave up residents who had answered: an answer is not unsaid.
  ResidentUnreachable: (row, { data: { caller }, position }) =>
    hasAnswered(row, caller ?? undefined)
      ? {}
      : withWords(row, caller ?? undefined, [
          said({ contacted: false, resolved: null, satisfied: null }, position),
        ]),
  Closed: ({ time_zone }, { occurredAt }) => ({ closed_day: localDay(occurredAt, time_zone) }),
  Reopened: () => ({ resolved_at: null, resolved_position: null, closed_day: null, reopened: true }),
  Escalated: nothing,
  ClockPaused: (_, { data: { at }, occurredAt }) => ({ paused_at: at ?? occurredAt }),
  ClockResumed: () => ({ paused_at: null }),
  DeadlineSet: ({ time_zone }, { data: { kind, dueAt } }) =>
    kind === 'resolution' ? { due_at: dueAt, due_day: dueAt && localDay(dueAt, time_zone) } : {},
  DeadlineNeared: nothing,
  Supervised: nothing,
  Recategorised: (_, { data: { to } }) => ({ category: to }),
  Corrected: (_, { data: { changes: stated } }) =>
    stated.place === undefined ? {} : { building: stated.place.building, unit: stated.place.unit },
  Merged: nothing,
  // How its resident was asked while it was merged comes back with it.
  Unmerged: (row, { data: { callbacks }, position }) =>
    withWords(
      row,
      undefined,
      callbacks.filter(({ contacted }) => contacted).map((callback) => said(callback, position)),
    ),
  TookIn: nothing,
  GaveBack: (row, { data: { request } }) => withoutWord(row, request),
  Split: nothing,
  Withdrawn: () => ({ paused_at: null }),
  Excluded: () => ({ paused_at: null }),
};

type Evolve = Projection<RatesRow, RequestEvent>['evolve'];

/** What the rates ask of every request, now and at every position before. */
export const ratesProjection: Projection<RatesRow, RequestEvent> = {
  name: 'rates',
  version: 5,
  streams: ['request-'],
  table: ratesTable,
  rowOf: ({ stream }) => stream.slice('request-'.length),
  evolve: {
    RequestLogged: (_, event) => withMatter(logged(event)),
    ...(Object.fromEntries(
      Object.entries(changes).map(([type, change]) => [type, follow(change as Change<'Closed'>)]),
    ) as unknown as Omit<Evolve, 'RequestLogged'>),
  },
};

// Most events say nothing the rates ask: the row stays the same one, and its past does not grow.
function follow(
  change: Change<'Closed'>,
): (row: RatesRow | undefined, event: Of<'Closed'>) => RatesRow | undefined {
  return (row, event) => {
    if (!row) return undefined;
    const changed: Partial<RatesRow> = { ...change(row, event), standing: standingAfter(event, row) };
    const same = Object.entries(changed).every(([fact, value]) => row[fact as keyof RatesRow] === value);
    if (same) return row;
    const since = { since: event.position.toString(), recorded_at: event.recordedAt };
    return withMatter({ ...row, ...changed, ...since });
  };
}

function standingAfter(event: RequestEvent, { standing }: RatesRow): Standing {
  const status = event.type === 'Unmerged' ? event.data.backTo : statusAfter[event.type];
  if (status === undefined) return standing;
  return isOpen(status) ? 'open' : (status as Standing);
}

const led = (row: RatesRow, by: Handler): Partial<RatesRow> => (row.lead === null ? leadBy(by) : {});

const leadBy = ({ id, name, kind }: Handler): Partial<RatesRow> => ({
  lead: id,
  lead_name: name,
  lead_kind: kind,
});

// A unit may be given the same request again: what it was called first and that it returned it stays.
function assigned(row: RatesRow, { id, name, kind }: Handler, returned: boolean): Partial<RatesRow> {
  const before = row.assignments[id];
  if (before?.returned === returned) return {};
  return { assignments: { ...row.assignments, [id]: { name, kind, returned } } };
}

const withMatter = (row: Omit<RatesRow, 'matter'>): RatesRow => {
  const { station, building, unit, category } = row;
  const known = building !== null && category !== null;
  return { ...row, matter: known ? JSON.stringify([station, building, unit, category]) : null };
};

const logged = ({
  data,
  position,
  recordedAt,
  occurredAt,
}: Of<'RequestLogged'>): Omit<RatesRow, 'matter'> => ({
  id: data.requestId,
  since: position.toString(),
  recorded_at: recordedAt,
  district: data.station.district,
  station: data.station.code,
  time_zone: data.station.timeZone,
  logged_position: position.toString(),
  logged_at: occurredAt,
  logged_day: localDay(occurredAt, data.station.timeZone),
  standing: 'open',
  part: data.partOf !== undefined,
  paused_at: null,
  lead: null,
  lead_name: null,
  lead_kind: null,
  resolved_at: null,
  resolved_position: null,
  closed_day: null,
  due_at: null,
  due_day: null,
  ever_resolved: false,
  assignments: {},
  reopened: false,
  contacted: null,
  contacted_by_unit: null,
  answer: null,
  satisfied: null,
  words: {},
  building: data.place.building,
  unit: data.place.unit,
  category: data.category,
});
