import type { Recorded } from '#event-sourcing';
import type { Handler, LoggedAt, RequestEvent } from '#requests';
import type { StationEvent } from '#stations';

/** Stands wherever a person may be told from: it must not be found in public. */
export const canary = 'CANARY 李奶奶 13800000000';

const place = { building: canary, unit: canary };
const resident = { name: canary, phone: canary, flat: canary };
const person: Handler = { id: canary, kind: 'volunteer', name: canary };
const neighbour: Handler = { ...person, kind: 'neighbour' };
const property: Handler = { id: 'property-5', kind: 'property', name: '城建物业' };
const other = 'YFXJ-261122-M4YBZ';
const at = '2026-11-22T01:30:00.000Z';
const where = { community: '翠湖社区', street: '永丰街道', district: '海淀区' };
const station: LoggedAt = { code: 'YFXJ', name: '幸福家园驿站', timeZone: 'Asia/Shanghai', ...where };

type DataOf<Event extends { type: string; data: object }> = {
  [Type in Event['type']]: Extract<Event, { type: Type }>['data'];
};

const requests: DataOf<RequestEvent> = {
  RequestLogged: {
    requestId: 'YFXJ-261122-7K3QQ',
    station,
    summary: canary,
    details: canary,
    category: '扫雪除冰',
    place,
    resident,
    residentDistrict: '朝阳区',
    channel: 'walk-in',
    paper: { page: 3, line: 12 },
    source: { system: 'register', key: canary },
    partOf: other,
  },
  Assigned: { to: property, helpers: [person, neighbour], note: canary },
  LeadTransferred: { from: property, to: person },
  Accepted: { by: property, implied: false },
  Returned: { by: neighbour, reason: canary },
  Claimed: { by: person },
  ProgressRecorded: { note: canary, at },
  ResidentContacted: { reached: true, channel: 'phone', note: canary, at },
  Resolved: { by: person, outcome: canary, evenThough: { parts: [other], reason: canary } },
  CallbackRecorded: {
    attempt: 1,
    contacted: true,
    contactedByUnit: true,
    resolved: 'yes',
    satisfied: 'mostly',
    note: canary,
    at,
    caller: other,
  },
  ResidentUnreachable: { attempts: 3, caller: other },
  Closed: { note: canary, evenThough: { parts: [other], reason: canary } },
  Reopened: { reason: canary, trigger: 'callback' },
  Escalated: {
    from: 'station',
    to: 'community',
    reason: canary,
    trigger: 'deadline',
    deadline: { kind: 'resolution', dueAt: at, at, lateBy: 3 },
  },
  ClockPaused: { approver: canary, reason: canary },
  ClockResumed: { note: canary },
  DeadlineSet: {
    kind: 'resolution',
    dueAt: at,
    before: null,
    policyVersion: '海淀区@2',
    calendarVersion: 'default@1',
    provisional: true,
    derivation: {
      by: 'policy',
      class: 'general',
      from: at,
      limit: { amount: 7, unit: 'working-days' },
      timeZone: 'Asia/Shanghai',
      days: [],
      pauses: [],
    },
  },
  DeadlineNeared: { kind: 'resolution', dueAt: at, at, lateBy: 3 },
  Supervised: { by: 'street', kind: 'resolution', dueAt: at, at, lateBy: 3 },
  Recategorised: { from: null, to: '道路', reason: canary },
  Corrected: { changes: { summary: canary, details: canary, place, resident }, reason: canary },
  Merged: { into: other, reason: canary },
  Unmerged: {
    from: other,
    backTo: 'assigned',
    reason: canary,
    trigger: 'hand',
    callbacks: [{ attempt: 1, contacted: true, resolved: 'yes', satisfied: 'yes', note: canary, at }],
  },
  TookIn: { request: other, resident, callbacks: 1 },
  GaveBack: { request: other },
  Split: {
    reason: canary,
    parts: [{ requestId: other, summary: canary, details: canary, category: '道路' }],
  },
  Withdrawn: { reason: canary },
  Excluded: { approver: canary, reason: canary },
};

const stations: DataOf<StationEvent> = {
  StationOpened: station,
  StationRenamed: { name: '永丰驿站' },
  StationClosed: { reason: canary },
};

/** One event of every type, with the canary in every place that may hold personal data. */
export const canaryEvents: Recorded[] = [
  ...Object.entries(requests).map(([type, data]) => recorded('request-YFXJ-261122-7K3QQ', type, data)),
  ...Object.entries(stations).map(([type, data]) => recorded('station-YFXJ', type, data)),
];

function recorded(stream: string, type: string, data: object): Recorded {
  return {
    type,
    data,
    stream,
    id: '0b6f3a52-7a3c-5d0e-8a4c-0c2c4b4b6a11',
    revision: 3n,
    position: 4711n,
    occurredAt: at,
    recordedAt: '2026-11-22T01:31:00.000Z',
    metadata: {
      $correlationId: canary, // as `X-Correlation-Id` says
      $causationId: canary, // a client may choose any key
      actor: { subject: canary, name: canary, role: 'volunteer', station: 'YFXJ' },
      schema: 1,
      commandHash: 'hash',
    },
  };
}
