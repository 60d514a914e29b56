import type { CommandOf, RequestCommand } from './request.commands.js';
import {
  type Handler,
  type LoggedAt,
  type Part,
  type RequestEvent,
  type Status,
  statuses,
} from './request.events.js';

// The examples that the specs and the table of states × commands speak of.

export const property: Handler = { id: 'property-5', kind: 'property', name: '城建物业' };
export const contractor: Handler = { id: 'contractor-2', kind: 'contractor', name: '管道施工队' };
export const committee: Handler = { id: 'committee-1', kind: 'committee', name: '翠湖居委会' };
export const volunteer: Handler = { id: 'volunteer-8', kind: 'volunteer', name: '张连生' };

export const station: LoggedAt = {
  code: 'YFXJ',
  name: '幸福家园驿站',
  community: '翠湖社区',
  street: '永丰街道',
  district: '海淀区',
  timeZone: 'Asia/Shanghai',
};

/** The number of another request about the same thing. */
export const other = 'YFXJ-261122-M4YBZ';

export const part: Part = {
  requestId: 'YFXJ-261122-0Q5RT',
  summary: '5号楼西侧结冰',
  details: null,
  category: '扫雪除冰',
};

export const at = '2026-11-22T01:30:00.000Z';

const [due, late] = ['2026-12-01T01:30:00.000Z', '2026-12-03T01:30:00.000Z'];

export const sampleCommands: { [Type in RequestCommand['type']]: CommandOf<Type> } = {
  LogRequest: {
    type: 'LogRequest',
    data: {
      requestId: 'YFXJ-261122-7K3QQ',
      station,
      summary: '5号楼前路面结冰',
      category: '扫雪除冰',
      place: { building: '5号楼', unit: null },
      resident: { name: '李奶奶', phone: '13800000000', flat: '501' },
      channel: 'walk-in',
    },
  },
  Assign: { type: 'Assign', data: { to: property } },
  Accept: { type: 'Accept', data: { by: property.id } },
  Return: { type: 'Return', data: { by: property.id, reason: '不属于物业' } },
  Claim: { type: 'Claim', data: { by: volunteer } },
  RecordProgress: { type: 'RecordProgress', data: { note: '已撒盐', at } },
  ContactResident: { type: 'ContactResident', data: { reached: true, channel: 'phone', at } },
  Resolve: { type: 'Resolve', data: { outcome: '物业已清理' } },
  RecordCallback: {
    type: 'RecordCallback',
    data: { contacted: true, resolved: 'yes', satisfied: 'yes', at },
  },
  Close: { type: 'Close', data: {} },
  Reopen: { type: 'Reopen', data: { reason: '又结冰了' } },
  Escalate: { type: 'Escalate', data: { to: 'community', reason: '物业没有人手' } },
  EscalateByRule: {
    type: 'EscalateByRule',
    data: { rule: 'deadline', kind: 'resolution', begunAt: at, dueAt: due, now: late, to: 'community' },
  },
  Warn: { type: 'Warn', data: { kind: 'resolution', begunAt: at, dueAt: due, now: late } },
  Supervise: {
    type: 'Supervise',
    data: { kind: 'resolution', begunAt: at, dueAt: due, now: late, to: 'street' },
  },
  Pause: { type: 'Pause', data: { approver: '王书记', reason: '等配件' } },
  Resume: { type: 'Resume', data: {} },
  RecomputeDeadlines: { type: 'RecomputeDeadlines', data: {} },
  Recategorise: { type: 'Recategorise', data: { category: '道路' } },
  Correct: { type: 'Correct', data: { changes: { summary: '6号楼前路面结冰' }, reason: '记错楼号' } },
  MergeInto: {
    type: 'MergeInto',
    data: {
      into: other,
      target: { status: 'accepted', district: '海淀区', partOf: null, mergedInto: null },
      reason: '同一处结冰',
    },
  },
  Unmerge: { type: 'Unmerge', data: { reason: '不是一回事', callbacks: [] } },
  TakeIn: { type: 'TakeIn', data: { request: other, resident: null, callbacks: 0 } },
  GiveBack: { type: 'GiveBack', data: { request: other } },
  BringBack: {
    type: 'BringBack',
    data: {
      from: other,
      callbacks: [{ attempt: 1, contacted: true, resolved: 'yes', satisfied: 'yes', note: null, at }],
    },
  },
  Split: { type: 'Split', data: { reason: '两家单位各管一段', parts: [part] } },
  Withdraw: { type: 'Withdraw', data: { reason: '居民自己解决了' } },
  Exclude: { type: 'Exclude', data: { approver: '王书记', reason: '不在本社区' } },
};

export const logged: RequestEvent = {
  type: 'RequestLogged',
  data: {
    requestId: 'YFXJ-261122-7K3QQ',
    station,
    summary: '5号楼前路面结冰',
    details: null,
    category: '扫雪除冰',
    place: { building: '5号楼', unit: null },
    resident: { name: '李奶奶', phone: '13800000000', flat: '501' },
    residentDistrict: null,
    channel: 'walk-in',
    paper: null,
    source: null,
  },
};

export const assignedTo = (to: Handler, ...helpers: Handler[]): RequestEvent => ({
  type: 'Assigned',
  data: { to, helpers, note: null },
});
export const acceptedBy = (by: Handler): RequestEvent => ({ type: 'Accepted', data: { by, implied: false } });
export const returnedBy = (by: Handler): RequestEvent => ({
  type: 'Returned',
  data: { by, reason: '不属于物业' },
});

export const assigned = assignedTo(property);
export const accepted = acceptedBy(property);
export const returned = returnedBy(property);
export const claimed: RequestEvent = { type: 'Claimed', data: { by: volunteer } };
export const resolved: RequestEvent = { type: 'Resolved', data: { by: property, outcome: '物业已清理' } };
export const reopened: RequestEvent = { type: 'Reopened', data: { reason: '又结冰了', trigger: 'hand' } };
export const closed: RequestEvent = { type: 'Closed', data: { note: null } };
export const merged: RequestEvent = { type: 'Merged', data: { into: other, reason: '同一处结冰' } };
export const tookIn: RequestEvent = {
  type: 'TookIn',
  data: { request: other, resident: null, callbacks: 0 },
};
export const split: RequestEvent = { type: 'Split', data: { reason: '两家单位各管一段', parts: [part] } };
export const withdrawn: RequestEvent = { type: 'Withdrawn', data: { reason: '居民自己解决了' } };
export const excluded: RequestEvent = {
  type: 'Excluded',
  data: { approver: '王书记', reason: '不在本社区' },
};
/** Warned of a day before, the community called when it has passed, the street watching a day later. */
export const deadlineSet: Extract<RequestEvent, { type: 'DeadlineSet' }> = {
  type: 'DeadlineSet',
  data: {
    kind: 'resolution',
    dueAt: due,
    before: null,
    policyVersion: 'default@0',
    calendarVersion: 'default@0',
    provisional: false,
    derivation: {
      by: 'policy',
      class: 'general',
      from: at,
      limit: { amount: 7, unit: 'working-days' },
      timeZone: 'Asia/Shanghai',
      days: [],
      pauses: [],
    },
    steps: [
      { does: 'warn', to: null, at: '2026-11-30T01:30:00.000Z' },
      { does: 'escalate', to: 'community', at: due },
      { does: 'supervise', to: 'street', at: '2026-12-02T01:30:00.000Z' },
    ],
  },
};
export const paused: RequestEvent = { type: 'ClockPaused', data: { approver: '王书记', reason: '等配件' } };

/** The shortest history that leads to each status. */
export const histories: Readonly<Record<Status, readonly RequestEvent[]>> = {
  unlogged: [],
  logged: [logged],
  returned: [logged, assigned, returned],
  assigned: [logged, assigned],
  accepted: [logged, assigned, accepted],
  resolved: [logged, assigned, accepted, resolved],
  reopened: [logged, assigned, accepted, resolved, reopened],
  closed: [logged, assigned, accepted, resolved, closed],
  merged: [logged, assigned, merged],
  withdrawn: [logged, withdrawn],
  excluded: [logged, excluded],
};

/** Each status with its history, for loops over all of them. */
export const lives = statuses.map((status) => [status, histories[status]] as const);
