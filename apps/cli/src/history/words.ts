import type { DeadlineKind } from '#policies';
import type { Channel, Handler, Level, Status } from '#requests';

/** Chinese first, the English word beside it. */
export const statusWords: Record<Status, string> = {
  unlogged: '未登记 unlogged',
  logged: '已登记 logged',
  returned: '已退单 returned',
  assigned: '已派单 assigned',
  accepted: '已签收 accepted',
  resolved: '已办结 resolved',
  reopened: '已重办 reopened',
  closed: '已结案 closed',
  merged: '已并单 merged',
  withdrawn: '已撤回 withdrawn',
  excluded: '已剔除 excluded',
};

export const levelWords: Record<Level, string> = {
  station: '驿站',
  community: '社区',
  street: '街道',
  district: '区',
};

export const deadlineWords: Record<DeadlineKind, string> = {
  acceptance: '签收',
  'first-contact': '首次联系',
  resolution: '办结',
};

/** `3天`, `5小时`, `12分钟`: the largest whole unit of so many seconds. */
export function lengthWords(seconds: number): string {
  if (seconds >= 86_400) return `${Math.floor(seconds / 86_400)}天`;
  if (seconds >= 3_600) return `${Math.floor(seconds / 3_600)}小时`;
  return `${Math.floor(seconds / 60)}分钟`;
}

export const channelWords: Record<Channel, string> = {
  'walk-in': '上门',
  phone: '电话',
  online: '网上',
  patrol: '巡查',
  paper: '纸质登记簿',
};

const roleWords: Readonly<Record<string, string>> = {
  volunteer: '志愿者',
  coordinator: '协调员',
  supervisor: '督办员',
  handler: '承办人',
  auditor: '审计员',
  analyst: '分析员',
  admin: '管理员',
  policy: '规则',
  system: '系统',
  import: '导入',
};

export const roleWord = (role: string): string => roleWords[role] ?? role;

const kindWords: Record<Handler['kind'], string> = {
  property: '物业',
  contractor: '施工队',
  committee: '居委会',
  department: '部门',
  partner: '共建单位',
  volunteer: '志愿者',
  neighbour: '邻居',
};

/** A handler with what it is, unless its name says so. */
export const handlerWords = ({ name, kind }: Handler): string =>
  name.includes(kindWords[kind]) ? name : `${name}（${kindWords[kind]}）`;
