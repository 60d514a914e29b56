import type { RequestEvent } from '#requests';
import { type Happened, rowAfter } from '../spec/recorded.js';
import { contractor, neighbour, other, property, sampleEvents as event } from '../spec/request.samples.js';
import { logbookProjection } from './logbook.projection.js';
import { type LogbookRow, done } from './logbook.row.js';

const given = (...events: Happened<RequestEvent>[]) =>
  rowAfter(logbookProjection, 'request-YFXJ-261122-7K3QQ', events);
const call = ({ kind, id, name }: typeof property, minute: number) => ({
  kind,
  id,
  name,
  at: `2026-11-22T02:0${minute}:00.000Z`,
});
const resident = { kind: 'resident', id: null, name: null } as const;
const told = (...events: RequestEvent[]) => done(given(event.RequestLogged, ...events) as LogbookRow);
const { RequestLogged: logged, Assigned: assigned, Accepted: accepted, Resolved: resolved } = event;
const inHand = [logged, assigned, accepted];

/** Each event: what goes before it, and every column that it changes. */
const lives: {
  [Type in Exclude<RequestEvent['type'], 'RequestLogged'>]: [RequestEvent[], Partial<LogbookRow>];
} = {
  Assigned: [
    [logged],
    { status: 'assigned', called: [call(property, 1), call(contractor, 1)], note: '请带盐' },
  ],
  LeadTransferred: [inHand, { called: [call(property, 1), call(contractor, 1), call(neighbour, 3)] }],
  Accepted: [[logged, assigned], { status: 'accepted' }],
  Returned: [[logged, assigned], { status: 'returned', note: '不属于物业' }],
  Claimed: [[logged], { status: 'accepted', called: [call(neighbour, 1)] }],
  ProgressRecorded: [inHand, { note: '已撒盐' }],
  ResidentContacted: [
    [logged],
    { called: [{ ...resident, at: '2026-11-22T02:01:00.000Z' }], note: '请绕行' },
  ],
  Resolved: [
    inHand,
    { status: 'resolved', open: false, outcome: '物业已清理', turns: ['0', '3'], turned: '3' },
  ],
  CallbackRecorded: [
    [logged, resolved],
    { called: [{ ...resident, at: '2026-11-22T02:02:00.000Z' }], note: '谢谢' },
  ],
  Closed: [[logged, resolved], { status: 'closed', note: '居民满意' }],
  Reopened: [
    [logged, resolved],
    { status: 'reopened', open: true, outcome: null, note: '又结冰了', turns: ['0', '1', '2'], turned: '2' },
  ],
  Escalated: [[logged], { note: '物业没有人手' }],
  ClockPaused: [[logged], { note: '等配件' }],
  ClockResumed: [[logged, event.ClockPaused], { note: '配件到了' }],
  DeadlineSet: [[logged], {}],
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
  ResidentUnreachable: [[...inHand, resolved], {}],
  Merged: [
    [logged],
    { status: 'merged', open: false, note: `并入 ${other}：同一处结冰`, turns: ['0', '1'], turned: '1' },
  ],
  Unmerged: [
    [logged, assigned, event.Merged],
    {
      status: 'assigned',
      open: true,
      note: `取消并入 ${other}：不是一处`,
      turns: ['0', '2', '3'],
      turned: '3',
    },
  ],
  TookIn: [[logged], { note: `${other} 并入本件` }],
  GaveBack: [[logged, event.TookIn], {}],
  Split: [[logged], { note: `拆分为 ${other}：两家各管一段` }],
  Withdrawn: [
    [logged],
    { status: 'withdrawn', open: false, note: '居民自己解决了', turns: ['0', '1'], turned: '1' },
  ],
  Excluded: [
    [logged],
    { status: 'excluded', open: false, note: '不在本社区', turns: ['0', '1'], turned: '1' },
  ],
};

describe('a line of the logbook', () => {
  it('begins with RequestLogged', () =>
    expect(given(logged)).toEqual({
      id: 'YFXJ-261122-7K3QQ',
      station: 'YFXJ',
      logged_at: '2026-11-22T02:00:00.000Z',
      day: '2026-11-22',
      channel: 'walk-in',
      paper: { page: 3, line: 12 },
      resident_name: '李奶奶',
      resident_phone: '13800000000',
      resident_flat: '501',
      building: '5号楼',
      unit: null,
      category: '扫雪除冰',
      summary: '5号楼前路面结冰',
      details: null,
      called: [],
      outcome: null,
      note: null,
      signed_by: '张连生',
      status: 'logged',
      open: true,
      turns: ['0'],
      turned: '0',
      words: 'yfxj-261122-7k3qq\n李奶奶\n13800000000\n501\n5号楼\n扫雪除冰\n5号楼前路面结冰\n张连生',
    }));

  it.each(Object.entries(lives))('takes from %s just this', (type, [before, changed]) => {
    const last = event[type as keyof typeof lives];
    const { words, ...row } = given(...before, last) as LogbookRow;
    const { words: _, ...earlier } = given(...before) as LogbookRow;
    expect(row).toEqual({ ...earlier, ...changed });
    expect(words).toContain('7k3qq');
  });

  it.each(Object.keys(lives))('has no line for %s in a stream whose beginning is gone', (type) =>
    expect(given(event[type as keyof typeof lives])).toBeUndefined(),
  );

  it('stands on the day in the station’s zone on which it happened, whenever it was entered', () => {
    const row = given({ ...logged, at: '2026-11-20T16:30:00.000Z' });
    expect([row?.day, row?.logged_at]).toEqual(['2026-11-21', '2026-11-20T16:30:00.000Z']);
  });

  it('is signed by who logged it', () =>
    expect(given({ ...logged, by: '李敏' }, assigned)?.signed_by).toBe('李敏'));

  it('names whom we called once each, in the order of the calls', () => {
    const early = { ...event.ResidentContacted, at: '2026-11-22T01:00:00.000Z' };
    const row = given(
      logged,
      assigned,
      event.Returned,
      event.Claimed,
      assigned,
      early,
      event.CallbackRecorded,
    );
    expect(row?.called.map(({ kind }) => kind)).toEqual(['resident', 'property', 'contractor', 'neighbour']);
  });

  it('says nobody’s words for an escalation that the third return brings', () => {
    const data = { ...event.Escalated.data, reason: 'third-return', trigger: 'third-return' } as const;
    expect(given(logged, assigned, { type: 'Escalated', data })?.note).toBe('请带盐');
  });

  it('says what was done, and as long as nothing is, what was noted last', () => {
    expect(told()).toBeNull();
    expect(told(assigned, event.ProgressRecorded)).toBe('已撒盐');
    expect(told(assigned, event.ProgressRecorded, resolved, event.Closed)).toBe('物业已清理');
    expect(told(assigned, resolved, event.Reopened)).toBe('又结冰了');
    expect(told(event.Withdrawn)).toBe('居民自己解决了');
  });

  it('is found by every word it shows, and not by what it no longer shows', () => {
    const { words } = given(
      logged,
      assigned,
      event.ProgressRecorded,
      resolved,
      event.Corrected,
    ) as LogbookRow;
    for (const shown of [
      '6号楼',
      '2单元',
      '李秀英',
      '601',
      '结冰',
      '摔倒',
      '永丰物业',
      '施工队',
      '物业已清理',
    ]) {
      expect(words).toContain(shown);
    }
    for (const gone of ['李奶奶', '13800000000', '已撒盐']) expect(words).not.toContain(gone);
  });

  it('is kept under the request’s number', () =>
    expect(logbookProjection.rowOf({ stream: 'request-YFXJ-261122-7K3QQ' } as never)).toBe(
      'YFXJ-261122-7K3QQ',
    ));
});
