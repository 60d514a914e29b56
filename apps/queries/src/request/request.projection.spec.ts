import type { RequestEvent } from '#requests';
import { type Happened, rowAfter } from '../spec/recorded.js';
import { contractor, neighbour, other, property, sampleEvents as event } from '../spec/request.samples.js';
import { unasked } from './request.callers.js';
import { requestProjection } from './request.projection.js';
import type { RequestRow } from './request.row.js';

const given = (...events: Happened<RequestEvent>[]) =>
  rowAfter(requestProjection, 'request-YFXJ-261122-7K3QQ', events);
const minute = (minute: number) => `2026-11-22T02:0${minute}:00.000Z`;
const { RequestLogged: logged, Assigned: assigned, Accepted: accepted, Resolved: resolved } = event;
const inHand = [logged, assigned, accepted];
const givenUpOn = (whom: string | null): RequestEvent => ({
  type: 'ResidentUnreachable',
  data: { attempts: 3, caller: whom },
});
const caller = {
  request: other,
  resident: { name: '王桂兰', phone: null, flat: null },
  callbacks: 0,
  last: null,
  ...unasked,
};

/** Each event: what goes before it, and every column that it changes besides revision and time. */
const lives: {
  [Type in Exclude<RequestEvent['type'], 'RequestLogged'>]: [RequestEvent[], Partial<RequestRow>];
} = {
  Assigned: [
    [logged],
    {
      status: 'assigned',
      holder: property,
      holder_id: 'wuye',
      holder_since: minute(1),
      helpers: [contractor],
      units: ['wuye', 'gongcheng'],
    },
  ],
  LeadTransferred: [inHand, { lead: neighbour, units: ['wuye', 'laoli', 'gongcheng'] }],
  Accepted: [[logged, assigned], { status: 'accepted', lead: property, first_response_at: minute(2) }],
  Returned: [
    [logged, assigned],
    {
      status: 'returned',
      holder: null,
      holder_id: null,
      holder_since: null,
      helpers: [],
      units: [],
      returns: 1,
    },
  ],
  Claimed: [
    [logged],
    {
      status: 'accepted',
      holder: neighbour,
      holder_id: 'laoli',
      holder_since: minute(1),
      lead: neighbour,
      units: ['laoli'],
      first_response_at: minute(1),
    },
  ],
  ProgressRecorded: [[logged], { first_response_at: minute(1) }],
  ResidentContacted: [[logged], { first_response_at: minute(1) }],
  Resolved: [
    [...inHand, event.ClockPaused],
    {
      status: 'resolved',
      open: false,
      outcome: '物业已清理',
      resolved_at: minute(4),
      paused_at: null,
      callback_due: true,
    },
  ],
  CallbackRecorded: [
    [...inHand, resolved],
    {
      callbacks: 1,
      last_callback: {
        attempt: 1,
        at: minute(4),
        contacted: true,
        contactedByUnit: false,
        resolved: 'yes',
        satisfied: 'mostly',
        note: '谢谢',
      },
      asked: { inVain: 0, answered: true, unreachable: false },
      callback_due: false,
    },
  ],
  Closed: [[...inHand, resolved], { status: 'closed', closed_at: minute(4), callback_due: false }],
  Reopened: [
    [...inHand, resolved, event.Closed],
    {
      status: 'reopened',
      open: true,
      holder_since: minute(5),
      outcome: null,
      resolved_at: null,
      closed_at: null,
      reopenings: 1,
    },
  ],
  Escalated: [[logged], { level: 'community', escalations: 1 }],
  ClockPaused: [[logged], { paused_at: minute(1) }],
  ClockResumed: [[logged, event.ClockPaused], { paused_at: null }],
  DeadlineSet: [[logged], { deadlines: [event.DeadlineSet.data], due_at: event.DeadlineSet.data.dueAt }],
  DeadlineNeared: [[logged], {}],
  Supervised: [[logged], {}],
  Recategorised: [[logged], { category: '道路' }],
  Corrected: [
    [logged],
    {
      summary: '6号楼前路面结冰',
      details: '老人摔倒',
      building: '6号楼',
      unit: '2单元',
      resident_name: '李秀英',
      resident_phone: null,
      resident_flat: '601',
    },
  ],
  ResidentUnreachable: [
    [...inHand, resolved],
    { asked: { inVain: 0, answered: false, unreachable: true }, callback_due: false },
  ],
  Merged: [[logged, assigned], { status: 'merged', open: false, merged_into: other }],
  Unmerged: [
    [logged, assigned, event.Merged],
    {
      status: 'assigned',
      open: true,
      merged_into: null,
      callbacks: 1,
      last_callback: {
        attempt: 1,
        at: '2026-11-22T02:30:00.000Z',
        contacted: true,
        contactedByUnit: null,
        resolved: 'yes',
        satisfied: 'yes',
        note: null,
      },
    },
  ],
  TookIn: [[logged], { callers: [caller] }],
  GaveBack: [[logged, event.TookIn], { callers: [] }],
  Split: [[logged], { parts: [{ id: other, summary: '西侧结冰' }] }],
  Withdrawn: [[logged, event.ClockPaused], { status: 'withdrawn', open: false, paused_at: null }],
  Excluded: [[logged, event.ClockPaused], { status: 'excluded', open: false, paused_at: null }],
};

const due = (...events: RequestEvent[]) => given(...events)?.callback_due;

describe('where a request stands', () => {
  it('begins with RequestLogged', () =>
    expect(given(logged)).toEqual({
      id: 'YFXJ-261122-7K3QQ',
      station: 'YFXJ',
      station_name: '幸福家园驿站',
      community: '翠湖社区',
      street: '永丰街道',
      district: '海淀区',
      time_zone: 'Asia/Shanghai',
      status: 'logged',
      open: true,
      category: '扫雪除冰',
      summary: '5号楼前路面结冰',
      details: null,
      building: '5号楼',
      unit: null,
      resident_name: '李奶奶',
      resident_phone: '13800000000',
      resident_flat: '501',
      resident_district: null,
      channel: 'walk-in',
      paper: { page: 3, line: 12 },
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
      logged_at: minute(0),
      logged_day: '2026-11-22',
      logged_by: '张连生',
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
      part_of: null,
      parts: [],
      source_system: 'register',
      source_key: '12-7',
      revision: '0',
      updated_at: minute(0),
    }));

  it.each(Object.entries(lives))('takes from %s just this', (type, [before, changed]) => {
    expect(given(...before, event[type as keyof typeof lives])).toEqual({
      ...given(...before),
      ...changed,
      revision: String(before.length),
      updated_at: minute(before.length),
    });
  });

  it.each(Object.keys(lives))('is nowhere after %s in a stream whose beginning is gone', (type) =>
    expect(given(event[type as keyof typeof lives])).toBeUndefined(),
  );

  it('has its first response from whichever note tells of the earliest', () => {
    const late = { ...event.ProgressRecorded, at: '2026-11-22T01:00:00.000Z' };
    expect(given(...inHand, late)?.first_response_at).toBe('2026-11-22T01:00:00.000Z');
    expect(given(...inHand, event.ProgressRecorded)?.first_response_at).toBe(minute(2));
  });

  it('keeps apart who is called back about it', () => {
    const unreached = { contacted: false, resolved: null, satisfied: null, note: null };
    const row = given(
      logged,
      event.TookIn,
      assigned,
      resolved,
      { type: 'CallbackRecorded', data: { ...event.CallbackRecorded.data, ...unreached, caller: other } },
      givenUpOn(other),
    );
    expect(row).toMatchObject({ callbacks: 0, last_callback: null, asked: unasked, callback_due: true });
    expect(row?.callers).toMatchObject([
      { request: other, callbacks: 1, last: unreached, inVain: 1, unreachable: true },
    ]);
  });

  it('does not take one who has answered for unreachable, as streams of before may tell it', () => {
    const { CallbackRecorded: answer } = event;
    const hers = { ...answer, data: { ...answer.data, caller: other } };
    const before = [logged, event.TookIn, assigned, resolved, answer, hers];
    const row = given(...before, givenUpOn(null), givenUpOn(other));
    expect(row?.asked).toMatchObject({ answered: true, unreachable: false });
    expect(row?.callers).toMatchObject([{ answered: true, unreachable: false }]);
  });

  it('asks everybody anew after the next resolution', () => {
    const before = [logged, event.TookIn, assigned, resolved, givenUpOn(null), givenUpOn(other)];
    const row = given(...before, event.Reopened, resolved);
    expect(row).toMatchObject({ asked: unasked, callers: [unasked], callback_due: true });
  });

  it('calls nobody back who stays anonymous, who has answered, or about a part', () => {
    const anonymous: RequestEvent = { ...logged, data: { ...logged.data, resident: null } };
    const part: RequestEvent = { ...logged, data: { ...logged.data, partOf: other } };
    expect(due(logged, assigned, resolved)).toBe(true);
    expect(due(anonymous, assigned, resolved)).toBe(false);
    expect(due(part, assigned, resolved)).toBe(false);
    expect(due(logged, assigned, resolved, event.CallbackRecorded)).toBe(false);
    expect(due(logged, assigned, resolved, event.Closed)).toBe(false);
    expect(due(anonymous, event.TookIn, assigned, resolved)).toBe(true);
  });

  it('says whose part it is', () =>
    expect(given({ ...logged, data: { ...logged.data, partOf: other } })?.part_of).toBe(other));

  it('keeps its first lead when it is given to somebody else', () => {
    const passedOn: RequestEvent = { type: 'Assigned', data: { to: neighbour, helpers: [], note: null } };
    expect(given(...inHand, passedOn)).toMatchObject({ holder: neighbour, lead: property });
  });
});
