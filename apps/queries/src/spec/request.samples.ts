import type { Handler, RequestEvent } from '#requests';

// What happens to the ice before Building 5, one example of each event: the projection specs tell lives with them.

export const property: Handler = { id: 'wuye', kind: 'property', name: '永丰物业' };
export const contractor: Handler = { id: 'gongcheng', kind: 'contractor', name: '施工队' };
export const neighbour: Handler = { id: 'laoli', kind: 'neighbour', name: '老李' };

/** The number of another request about the same thing. */
export const other = 'YFXJ-261122-M4YBZ';

export const sampleEvents: { [Type in RequestEvent['type']]: Extract<RequestEvent, { type: Type }> } = {
  RequestLogged: {
    type: 'RequestLogged',
    data: {
      requestId: 'YFXJ-261122-7K3QQ',
      station: {
        code: 'YFXJ',
        name: '幸福家园驿站',
        community: '翠湖社区',
        street: '永丰街道',
        district: '海淀区',
        timeZone: 'Asia/Shanghai',
      },
      summary: '5号楼前路面结冰',
      details: null,
      category: '扫雪除冰',
      place: { building: '5号楼', unit: null },
      resident: { name: '李奶奶', phone: '13800000000', flat: '501' },
      residentDistrict: null,
      channel: 'walk-in',
      paper: { page: 3, line: 12 },
      source: { system: 'register', key: '12-7' },
    },
  },
  Assigned: { type: 'Assigned', data: { to: property, helpers: [contractor], note: '请带盐' } },
  LeadTransferred: { type: 'LeadTransferred', data: { from: property, to: neighbour } },
  Accepted: { type: 'Accepted', data: { by: property, implied: false } },
  Returned: { type: 'Returned', data: { by: property, reason: '不属于物业' } },
  Claimed: { type: 'Claimed', data: { by: neighbour } },
  ProgressRecorded: { type: 'ProgressRecorded', data: { note: '已撒盐', at: '2026-11-22T02:30:00.000Z' } },
  ResidentContacted: {
    type: 'ResidentContacted',
    data: { reached: true, channel: 'phone', note: '请绕行', at: '2026-11-22T02:30:00.000Z' },
  },
  Resolved: { type: 'Resolved', data: { by: property, outcome: '物业已清理' } },
  CallbackRecorded: {
    type: 'CallbackRecorded',
    data: {
      attempt: 1,
      contacted: true,
      contactedByUnit: false,
      resolved: 'yes',
      satisfied: 'mostly',
      note: '谢谢',
      at: '2026-11-22T02:30:00.000Z',
    },
  },
  Closed: { type: 'Closed', data: { note: '居民满意' } },
  Reopened: { type: 'Reopened', data: { reason: '又结冰了', trigger: 'hand' } },
  Escalated: {
    type: 'Escalated',
    data: { from: 'station', to: 'community', reason: '物业没有人手', trigger: 'hand' },
  },
  ClockPaused: { type: 'ClockPaused', data: { approver: '王书记', reason: '等配件' } },
  ClockResumed: { type: 'ClockResumed', data: { note: '配件到了' } },
  DeadlineSet: {
    type: 'DeadlineSet',
    data: {
      kind: 'resolution',
      dueAt: '2026-12-01T02:00:00.000Z',
      before: null,
      policyVersion: 'default@0',
      calendarVersion: 'default@0',
      provisional: false,
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
  },
  DeadlineNeared: {
    type: 'DeadlineNeared',
    data: {
      kind: 'resolution',
      dueAt: '2026-12-01T02:00:00.000Z',
      at: '2026-11-30T02:00:00.000Z',
      lateBy: 0,
    },
  },
  Supervised: {
    type: 'Supervised',
    data: {
      by: 'street',
      kind: 'resolution',
      dueAt: '2026-12-01T02:00:00.000Z',
      at: '2026-12-02T02:00:00.000Z',
      lateBy: 0,
    },
  },
  Recategorised: { type: 'Recategorised', data: { from: '扫雪除冰', to: '道路', reason: null } },
  Corrected: {
    type: 'Corrected',
    data: {
      changes: {
        summary: '6号楼前路面结冰',
        details: '老人摔倒',
        place: { building: '6号楼', unit: '2单元' },
        resident: { name: '李秀英', phone: null, flat: '601' },
      },
      reason: '记错楼号',
    },
  },
  ResidentUnreachable: { type: 'ResidentUnreachable', data: { attempts: 3, caller: null } },
  Merged: { type: 'Merged', data: { into: other, reason: '同一处结冰' } },
  Unmerged: {
    type: 'Unmerged',
    data: {
      from: other,
      backTo: 'assigned',
      reason: '不是一处',
      trigger: 'hand',
      callbacks: [
        {
          attempt: 1,
          contacted: true,
          resolved: 'yes',
          satisfied: 'yes',
          note: null,
          at: '2026-11-22T02:30:00.000Z',
        },
      ],
    },
  },
  TookIn: {
    type: 'TookIn',
    data: { request: other, resident: { name: '王桂兰', phone: null, flat: null }, callbacks: 0 },
  },
  GaveBack: { type: 'GaveBack', data: { request: other } },
  Split: {
    type: 'Split',
    data: {
      reason: '两家各管一段',
      parts: [{ requestId: other, summary: '西侧结冰', details: null, category: null }],
    },
  },
  Withdrawn: { type: 'Withdrawn', data: { reason: '居民自己解决了' } },
  Excluded: { type: 'Excluded', data: { approver: '王书记', reason: '不在本社区' } },
};
