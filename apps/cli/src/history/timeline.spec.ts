import type { Handler, RequestEvent } from '#requests';
import { columnsOf } from './columns.js';
import { eventWords } from './event.words.js';
import type { EventAnswer, RequestAnswer } from './history.answer.js';
import { standing } from './standing.js';
import { type Paint, timeline } from './timeline.js';

const property: Handler = { id: 'wuye', kind: 'property', name: '永丰物业' };
const contractor: Handler = { id: 'sgd', kind: 'contractor', name: '老王' };
const volunteer = { name: '张连生', role: 'volunteer', station: 'YFXJ' };

const happened = (event: RequestEvent, at: string, more: Partial<EventAnswer> = {}): EventAnswer =>
  ({ ...event, actor: volunteer, occurredAt: at, recordedAt: at, ...more }) as EventAnswer;

const uncoloured: Paint = (_, text) => text;
const lines = (...events: EventAnswer[]) => timeline(events, 'Asia/Shanghai', uncoloured);

const before = (line: string | undefined, word: string): number =>
  columnsOf(line?.slice(0, line.indexOf(word)) ?? '');
const painted = (event: RequestEvent): string | undefined =>
  timeline(
    [happened(event, '2026-11-22T02:30:00.000Z')],
    'Asia/Shanghai',
    (colour, text) => `<${colour} ${text}>`,
  )[1];

const assigned: RequestEvent = {
  type: 'Assigned',
  data: { to: property, helpers: [contractor], note: '请带盐' },
};
const resolved: RequestEvent = { type: 'Resolved', data: { by: property, outcome: '物业已清理' } };

/** One example of each event, and the words it is told in. */
const told: { [Type in RequestEvent['type']]: [Extract<RequestEvent, { type: Type }>['data'], string] } = {
  RequestLogged: [
    { channel: 'phone', summary: '结冰', details: '老人摔倒' } as never,
    '登记 logged  张连生（志愿者 YFXJ）  电话反映：结冰 「老人摔倒」',
  ],
  Assigned: [
    assigned.data as never,
    '派单 assigned  张连生（志愿者 YFXJ）  交给永丰物业，协办：老王（施工队） 「请带盐」',
  ],
  LeadTransferred: [
    { from: property, to: contractor },
    '换首接 lead  张连生（志愿者 YFXJ）  首接单位由永丰物业改为老王（施工队）',
  ],
  Accepted: [{ by: property, implied: true }, '签收 accepted  张连生（志愿者 YFXJ）  永丰物业签收（随办结）'],
  Returned: [
    { by: property, reason: '不归我管' },
    '退单 returned  张连生（志愿者 YFXJ）  永丰物业退回 「不归我管」',
  ],
  Claimed: [{ by: contractor }, '认领 claimed  张连生（志愿者 YFXJ）  老王（施工队）认领'],
  ProgressRecorded: [{ note: '已撒盐', at: '' }, '进展 progress  张连生（志愿者 YFXJ）  「已撒盐」'],
  ResidentContacted: [
    { reached: false, channel: 'walk-in', note: null, at: '' },
    '联系 contacted  张连生（志愿者 YFXJ）  上门联系居民，未联系上',
  ],
  Resolved: [resolved.data as never, '办结 resolved  张连生（志愿者 YFXJ）  永丰物业办结 「物业已清理」'],
  CallbackRecorded: [
    {
      attempt: 2,
      contacted: true,
      contactedByUnit: false,
      resolved: 'partly',
      satisfied: null,
      note: '谢谢',
      at: '',
    },
    '回访 callback  张连生（志愿者 YFXJ）  第2次回访，单位联系过：否，解决：部分，满意：未评价 「谢谢」',
  ],
  ResidentUnreachable: [
    { attempts: 3, caller: 'YFXJ-261122-M4YBZ' },
    '未能回访 unreachable  张连生（志愿者 YFXJ）  YFXJ-261122-M4YBZ 的居民3次未联系上，不再回访，不计为答复',
  ],
  Closed: [
    { note: '下周再看', evenThough: { parts: ['YFXJ-261122-M4YBZ'], reason: '另行安排' } },
    '结案 closed  张连生（志愿者 YFXJ）  子诉求 YFXJ-261122-M4YBZ 未办完：另行安排 「下周再看」',
  ],
  Reopened: [
    { reason: '又结冰了', trigger: 'callback' },
    '重办 reopened  张连生（志愿者 YFXJ）  重新办理（回访） 「又结冰了」',
  ],
  Escalated: [
    { from: 'station', to: 'community', reason: 'third-return', trigger: 'third-return' },
    '升级 escalated  张连生（志愿者 YFXJ）  由驿站升至社区（第三次退单）',
  ],
  ClockPaused: [
    { approver: '王书记', reason: '等配件' },
    '暂停 paused  张连生（志愿者 YFXJ）  计时暂停，王书记批准 「等配件」',
  ],
  ClockResumed: [{ note: null }, '恢复 resumed  张连生（志愿者 YFXJ）  恢复计时'],
  DeadlineSet: [
    {
      kind: 'resolution',
      dueAt: '2027-01-04T02:00:00.000Z',
      before: '2026-12-01T02:00:00.000Z',
      policyVersion: 'default@0',
      calendarVersion: 'default@0',
      provisional: true,
      derivation: {
        by: 'policy',
        class: 'general',
        from: '2026-11-22T02:00:00.000Z',
        limit: { amount: 7, unit: 'working-days' },
        timeZone: 'Asia/Shanghai',
        days: [],
        pauses: [],
      },
    },
    '时限 deadline  张连生（志愿者 YFXJ）  办结时限改为2027-01-04 周一 10:00（暂定）',
  ],
  DeadlineNeared: [
    { kind: 'resolution', dueAt: '2026-12-01T02:00:00.000Z', at: '2026-11-30T02:00:00.000Z', lateBy: 0 },
    '预警 warned  张连生（志愿者 YFXJ）  办结时限将到',
  ],
  Supervised: [
    {
      by: 'street',
      kind: 'resolution',
      dueAt: '2026-12-01T02:00:00.000Z',
      at: '2026-12-02T02:00:00.000Z',
      lateBy: 262_800,
    },
    '督办 supervised  张连生（志愿者 YFXJ）  街道督办（办结超期），迟到3天',
  ],
  Recategorised: [
    { from: null, to: '道路', reason: null },
    '改分类 recategorised  张连生（志愿者 YFXJ）  分类由（无）改为道路',
  ],
  Corrected: [
    { changes: { place: { building: '6号楼', unit: null }, resident: null }, reason: '记错' },
    '更正 corrected  张连生（志愿者 YFXJ）  更正地点为6号楼；居民为（无） 「记错」',
  ],
  Merged: [
    { into: 'YFXJ-261122-M4YBZ', reason: '同一处' },
    '并单 merged  张连生（志愿者 YFXJ）  并入 YFXJ-261122-M4YBZ 「同一处」',
  ],
  Unmerged: [
    {
      from: 'YFXJ-261122-M4YBZ',
      backTo: 'logged',
      reason: '不是一处',
      trigger: 'hand',
      callbacks: [
        {
          attempt: 1,
          contacted: false,
          resolved: null,
          satisfied: null,
          note: null,
          at: '2026-11-22T02:30:00.000Z',
        },
      ],
    },
    '取消并单 unmerged  张连生（志愿者 YFXJ）  不再并入 YFXJ-261122-M4YBZ，带回1次回访 「不是一处」',
  ],
  TookIn: [
    { request: 'YFXJ-261122-M4YBZ', resident: null, callbacks: 0 },
    '并进 took in  张连生（志愿者 YFXJ）  YFXJ-261122-M4YBZ 并入本件',
  ],
  GaveBack: [
    { request: 'YFXJ-261122-M4YBZ' },
    '分出 gave back  张连生（志愿者 YFXJ）  YFXJ-261122-M4YBZ 不再并入本件',
  ],
  Split: [
    {
      reason: '两家各管一段',
      parts: [{ requestId: 'YFXJ-261122-M4YBZ', summary: '西侧结冰', details: null, category: null }],
    },
    '拆分 split  张连生（志愿者 YFXJ）  拆分为 YFXJ-261122-M4YBZ 西侧结冰 「两家各管一段」',
  ],
  Withdrawn: [{ reason: '自己解决了' }, '撤回 withdrawn  张连生（志愿者 YFXJ）  「自己解决了」'],
  Excluded: [
    { approver: '李敏', reason: '不在本区' },
    '剔除 excluded  张连生（志愿者 YFXJ）  不计入考核，李敏批准 「不在本区」',
  ],
};

describe('the timeline of a request', () => {
  it.each(Object.entries(told))('tells %s in words, Chinese first', (type, [data, words]) => {
    const event = { type, data } as RequestEvent;
    expect(lines(happened(event, '2026-11-22T02:30:00.000Z'))).toEqual([
      '2026-11-22 周日',
      `  10:30  ${words}`,
    ]);
  });

  it('says of imported events that they were', () => {
    const imported = { actor: { name: 'casework', role: 'import', station: 'NYCC03' } };
    expect(lines(happened(assigned, '2026-11-22T02:30:00.000Z', imported))[1]).toContain(
      'casework（导入 NYCC03）',
    );
  });

  it('has a heading for each day on the station’s clock', () => {
    const shown = lines(
      happened(assigned, '2026-11-22T15:59:00.000Z'),
      happened(resolved, '2026-11-22T16:00:00.000Z'),
    );
    expect(shown.map((line) => line.slice(0, 16).trim())).toEqual([
      '2026-11-22 周日',
      expect.stringMatching(/^23:59 {2}派单/),
      '',
      '2026-11-23 周一',
      expect.stringMatching(/^00:00 {2}办结/),
    ]);
  });

  it('keeps its columns where Chinese and Latin stand side by side', () => {
    const supervisor = { actor: { name: 'Li', role: 'supervisor', station: null } };
    const shown = lines(
      happened(assigned, '2026-11-22T02:00:00.000Z'),
      happened(
        told.Recategorised && { type: 'Recategorised', data: told.Recategorised[0] },
        '2026-11-22T02:01:00.000Z',
        supervisor,
      ),
    );
    expect(before(shown[1], '交给')).toBe(before(shown[2], '分类由'));
  });

  it('marks what was entered later, and when', () => {
    const at = '2026-11-22T02:30:10.000Z';
    const entered = (recordedAt: string) => lines(happened(resolved, at, { recordedAt }))[1];
    expect(entered('2026-11-22T02:30:59.000Z')).not.toContain('补记');
    expect(entered('2026-11-22T02:45:00.000Z')).toMatch(/「物业已清理」 {2}⟲ 10:45 补记$/);
    expect(entered('2026-11-23T01:00:00.000Z')).toMatch(/⟲ 2026-11-23 09:00 补记$/);
  });

  it('lets no text command the terminal', () => {
    const note = '已撒盐\n\u001b[31m红\u009b2J\u202e字';
    const [, line] = lines(
      happened({ type: 'ProgressRecorded', data: { note, at: '' } }, '2026-11-22T02:30:00.000Z'),
    );
    expect(line).toMatch(/「已撒盐 \[31m红 2J 字」$/);
  });

  it('paints events by how it goes: on, or back', () => {
    expect(painted(resolved)).toContain(`<green ${eventWords.Resolved.name}>`);
    expect(painted({ type: 'Closed', data: { note: null } })).toContain('<green ');
    expect(painted({ type: 'Returned', data: { by: property, reason: '' } })).toContain('<yellow ');
  });
});

describe('where a request stands', () => {
  const request: RequestAnswer = {
    id: 'YFXJ-261122-7K3QQ',
    revision: '1',
    status: 'assigned',
    category: null,
    summary: '5号楼前路面结冰',
    details: null,
    station: {
      code: 'YFXJ',
      name: '幸福家园驿站',
      community: '翠湖社区',
      street: '永丰街道',
      district: '海淀区',
      timeZone: 'Asia/Shanghai',
    },
    place: { building: '5号楼', unit: null },
    resident: null,
    holder: property,
    holderSince: '2026-11-22T02:30:00.000Z',
    lead: null,
    helpers: [],
    level: 'station',
    paused: false,
    outcome: null,
    loggedAt: '2026-11-22T02:00:00.000Z',
    updatedAt: '2026-11-22T02:30:00.000Z',
    returns: 2,
    reopenings: 0,
    callbacks: 1,
    mergedInto: null,
    callers: [],
    partOf: null,
    parts: [],
  };

  it('is said in a line for each thing there is to say', () => {
    expect(standing(request, uncoloured)).toEqual([
      'YFXJ-261122-7K3QQ  5号楼前路面结冰  已派单 assigned',
      '  驿站  幸福家园驿站（YFXJ） 翠湖社区 · 永丰街道 · 海淀区',
      '  登记  2026-11-22 10:00',
      '  居民  匿名',
      '  地点  5号楼',
      '  承办  永丰物业，自 2026-11-22 10:30',
      '  次数  退单 2，回访 1',
      '  截至  2026-11-22 10:30，第 2 条记录（revision 1）',
      '  时区  Asia/Shanghai',
    ]);
  });

  it('names lead, level and outcome where there are some, and nobody’s time once it is done', () => {
    const lead = contractor;
    const done = standing(
      {
        ...request,
        callers: [{ request: 'YFXJ-261122-M4YBZ' }],
        parts: [{ id: 'YFXJ-261122-0Q5RT', summary: null }],
        status: 'closed',
        lead,
        level: 'street',
        paused: true,
        outcome: '已清理',
      },
      uncoloured,
    );
    for (const line of [
      '  承办  永丰物业',
      '  首接  老王（施工队）',
      '  级别  街道',
      '  计时  已暂停',
      '  办理  已清理',
      '  并进  YFXJ-261122-M4YBZ',
      '  拆为  YFXJ-261122-0Q5RT',
    ]) {
      expect(done).toContain(line);
    }
  });
});
