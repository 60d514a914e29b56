import type { RequestEvent } from '#requests';
import { type Happened, recorded } from '../spec/recorded.js';
import { property } from '../spec/town.js';
import { project } from '#event-sourcing';
import { increments } from './statistics.cells.js';
import { statisticsProjection } from './statistics.projection.js';
import type { StatisticsRow } from './statistics.row.js';

type Event = Happened<RequestEvent>;

// 07:30 in Shanghai on the 1st of November is the last day of October in UTC.
const logged: Event = {
  type: 'RequestLogged',
  at: '2026-10-31T23:30:00.000Z',
  data: {
    requestId: 'YFXJ-261101-7K3QQ',
    station: {
      code: 'YFXJ',
      name: '永丰西里驿站',
      community: '永丰社区',
      street: '学院路街道',
      district: '海淀区',
      timeZone: 'Asia/Shanghai',
    },
    summary: '5号楼前路面结冰',
    details: null,
    category: null,
    place: { building: null, unit: null },
    resident: null,
    residentDistrict: null,
    channel: 'walk-in',
    paper: null,
    source: null,
  },
};
const assigned: Event = { type: 'Assigned', data: { to: property, helpers: [], note: null } };
const accepted: Event = {
  type: 'Accepted',
  at: '2026-11-01T00:00:00.000Z',
  data: { by: property, implied: false },
};
const resolved: Event = {
  type: 'Resolved',
  at: '2026-11-01T11:30:00.000Z',
  data: { by: property, outcome: '已清理' },
};
const closed: Event = { type: 'Closed', at: '2026-11-01T18:00:00.000Z', data: { note: null } };
const reopened: Event = { type: 'Reopened', data: { reason: '又结冰了', trigger: 'hand' } };
const other = 'YFXJ-261101-M4YBZ';
const merged: Event = { type: 'Merged', data: { into: other, reason: '同一处' } };
const unmerged: Event = {
  type: 'Unmerged',
  data: { from: other, backTo: 'assigned', reason: '不是一处', trigger: 'hand', callbacks: [] },
};
const at = '2026-10-31T23:45:00.000Z';

const stream = 'request-YFXJ-261101-7K3QQ';
const rows = (events: Event[]): (StatisticsRow | undefined)[] => {
  let row: StatisticsRow | undefined;
  return recorded<RequestEvent>(stream, events).map(
    (event) => (row = project(statisticsProjection, row, event)),
  );
};
const rowAfter = (...events: Event[]) => rows([logged, ...events]).at(-1);

describe('the row of a request', () => {
  it('begins with where and when it was logged, in the station’s zone', () => {
    expect(rowAfter()).toEqual({
      id: 'YFXJ-261101-7K3QQ',
      district: '海淀区',
      station: 'YFXJ',
      category: null,
      time_zone: 'Asia/Shanghai',
      status: 'logged',
      logged_at: '2026-10-31T23:30:00.000Z',
      logged_day: '2026-11-01',
      closed_day: null,
      first_response_at: null,
      resolved_at: null,
      escalated: false,
      returned: false,
      reopened: false,
      part: false,
    });
  });

  const changes: [string, Event[], Partial<StatisticsRow>][] = [
    ['Assigned', [assigned], { status: 'assigned' }],
    ['Accepted', [assigned, accepted], { status: 'accepted', first_response_at: '2026-11-01T00:00:00.000Z' }],
    [
      'Returned',
      [assigned, { type: 'Returned', data: { by: property, reason: '不属于物业' } }],
      { status: 'returned', returned: true },
    ],
    [
      'Claimed',
      [{ type: 'Claimed', at, data: { by: property } }],
      { status: 'accepted', first_response_at: at },
    ],
    [
      'ProgressRecorded',
      [{ type: 'ProgressRecorded', at, data: { note: '已撒盐', at } }],
      { status: 'logged', first_response_at: at },
    ],
    [
      'ResidentContacted, noted late',
      [
        assigned,
        accepted,
        { type: 'ResidentContacted', at, data: { reached: true, channel: 'phone', note: null, at } },
      ],
      { first_response_at: at },
    ],
    [
      'Resolved',
      [assigned, resolved],
      { status: 'resolved', resolved_at: resolved.at ?? '', first_response_at: resolved.at ?? '' },
    ],
    ['Closed', [assigned, resolved, closed], { status: 'closed', closed_day: '2026-11-02' }],
    [
      'Reopened',
      [assigned, resolved, closed, reopened],
      {
        status: 'reopened',
        reopened: true,
        resolved_at: null,
        closed_day: null,
        first_response_at: resolved.at ?? '',
      },
    ],
    [
      'Escalated',
      [{ type: 'Escalated', data: { from: 'station', to: 'community', reason: '没人', trigger: 'hand' } }],
      { escalated: true },
    ],
    [
      'Recategorised',
      [{ type: 'Recategorised', data: { from: null, to: '道路', reason: null } }],
      { category: '道路' },
    ],
    ['Merged', [assigned, merged], { status: 'merged' }],
    ['Unmerged', [assigned, merged, unmerged], { status: 'assigned' }],
    ['Withdrawn', [{ type: 'Withdrawn', data: { reason: '好了' } }], { status: 'withdrawn' }],
    [
      'Excluded',
      [{ type: 'Excluded', data: { approver: '王书记', reason: '重复' } }],
      { status: 'excluded' },
    ],
  ];
  it.each(changes)('follows %s', (_, events, change) => {
    expect(rowAfter(...events)).toMatchObject(change);
  });

  const silent: Event[] = [
    { type: 'LeadTransferred', data: { from: property, to: property } },
    {
      type: 'CallbackRecorded',
      data: { attempt: 1, contacted: true, resolved: 'yes', satisfied: 'yes', note: null, at },
    },
    { type: 'ResidentUnreachable', data: { attempts: 3, caller: null } },
    { type: 'TookIn', data: { request: other, resident: null, callbacks: 0 } },
    { type: 'GaveBack', data: { request: other } },
    { type: 'Split', data: { reason: '各管一段', parts: [] } },
    { type: 'ClockPaused', data: { approver: '王书记', reason: '等配件' } },
    { type: 'ClockResumed', data: { note: null } },
    { type: 'Corrected', data: { changes: { summary: '6号楼前路面结冰' }, reason: '记错' } },
  ];
  it.each(silent.map((event) => [event.type, event] as const))('stays the very same after %s', (_, event) => {
    const [before, after] = rows([logged, event]);
    expect(after).toBe(before);
  });

  it('is none where the events begin later than the request', () => {
    expect(rows([assigned, reopened])).toEqual([undefined, undefined]);
  });
});

const added = (before: StatisticsRow | undefined, after: StatisticsRow | undefined) =>
  increments(before, after).map(({ key, add }) => [
    key.basis,
    key.part,
    key.grain,
    key.start,
    key.member,
    add,
  ]);

describe('a step of a request', () => {
  const [one, , three, four, five] = rows([logged, assigned, accepted, resolved, closed]);

  it('counts a new request by day and month, as a whole, under its category and its station', () => {
    const add = { logged: 1, open: 1 };
    expect(added(undefined, one)).toEqual([
      ['creation', 'whole', 'day', '2026-11-01', '', add],
      ['creation', 'category', 'day', '2026-11-01', '', add],
      ['creation', 'category', 'month', '2026-11-01', '', add],
      ['creation', 'station', 'day', '2026-11-01', 'YFXJ', add],
      ['creation', 'station', 'month', '2026-11-01', 'YFXJ', add],
    ]);
  });

  it('adds what it changes and no more', () => {
    const [first] = added(three, four);
    expect(first?.at(-1)).toEqual({ open: -1, resolved: 1, resolutions: '120 ' });
    expect(increments(three, { ...(three as StatisticsRow), status: 'returned' })).toEqual([]);
  });

  it('brings a closed request into the days of closing, and a reopening takes it back', () => {
    const whole = { logged: 1, resolved: 1, responses: '5 ', resolutions: '120 ' };
    expect(added(four, five).filter(([, part]) => part === 'whole')).toEqual([
      ['closing', 'whole', 'day', '2026-11-02', '', whole],
    ]);
    const again = rows([logged, assigned, accepted, resolved, closed, reopened]).at(-1);
    expect(added(five, again).filter(([, part]) => part === 'whole')).toEqual([
      [
        'creation',
        'whole',
        'day',
        '2026-11-01',
        '',
        { resolved: -1, open: 1, reopened: 1, resolutions: '-120 ' },
      ],
      [
        'closing',
        'whole',
        'day',
        '2026-11-02',
        '',
        { logged: -1, resolved: -1, responses: '-5 ', resolutions: '-120 ' },
      ],
    ]);
  });

  it('counts a merged request beside the others, and as it was before once it is unmerged', () => {
    const escalated: Event = {
      type: 'Escalated',
      data: { from: 'station', to: 'community', reason: '没人', trigger: 'hand' },
    };
    const told = rows([logged, escalated, assigned, accepted, merged, unmerged]);
    const [before, apart, again] = told.slice(-3);
    const step = { logged: -1, open: -1, escalated: -1, merged: 1, responses: '-5 ' };
    const back = { logged: 1, open: 1, escalated: 1, merged: -1, responses: '5 ' };
    expect(added(before, apart)[0]?.at(-1)).toEqual(step);
    expect(added(apart, again)[0]?.at(-1)).toEqual(back);
  });

  it('counts a part beside the others, whatever becomes of it', () => {
    const part = { ...logged, data: { ...logged.data, partOf: other } } as Event;
    const told = rows([part, assigned, resolved, closed]);
    expect(added(undefined, told[0])[0]?.at(-1)).toEqual({ parts: 1 });
    expect(added(told[0], told[2])).toEqual([]);
    expect(added(told[2], told[3])[0]).toEqual(['closing', 'whole', 'day', '2026-11-02', '', { parts: 1 }]);
  });

  it('moves a request that got another category, and leaves its station and the whole alone', () => {
    const moved = added(one, { ...(one as StatisticsRow), category: '道路' });
    expect(moved.map(([, part, grain, , member, add]) => [part, grain, member, add])).toEqual([
      ['category', 'day', '', { logged: -1, open: -1 }],
      ['category', 'day', '道路', { logged: 1, open: 1 }],
      ['category', 'month', '', { logged: -1, open: -1 }],
      ['category', 'month', '道路', { logged: 1, open: 1 }],
    ]);
  });
});
