import type { Principal } from '#access';
import type { Handler } from '#requests';

/** Who plays: everybody acts with a token of her own. */
export type Player = Principal;
export type Unit = Player & { handler: Handler };

const place = { street: '朝阳街道', district: '和平区', timeZone: 'Asia/Shanghai' };

export const stations = [
  { code: 'YFXJ', name: '幸福小区驿站', community: '幸福社区', ...place },
  { code: 'HYL', name: '槐荫里驿站', community: '槐荫社区', ...place },
] as const;

const volunteer = (subject: string, name: string, station: string): Player => ({
  subject,
  name,
  role: 'volunteer',
  scope: { station },
});
const coordinator = (subject: string, name: string, community: string): Player => ({
  subject,
  name,
  role: 'coordinator',
  scope: { community },
});
const unit = (id: string, kind: Handler['kind'], name: string): Unit => ({
  subject: id,
  name,
  role: 'handler',
  scope: { unit: id },
  handler: { id, kind, name },
});

// 幸福小区
export const zhang = volunteer('zhang-liansheng', '张连生', 'YFXJ');
export const li = volunteer('li-guilan', '李桂兰', 'YFXJ');
export const chen = coordinator('chen-jing', '陈静', '幸福社区');
export const sunshine = unit('yangguang-wuye', 'property', '阳光物业');
export const stairwell = unit('yfxj-louzhang', 'volunteer', '幸福小区楼门长');
export const committee = unit('xingfu-juweihui', 'committee', '幸福社区居委会');

// 槐荫里
export const wang = volunteer('wang-jianguo', '王建国', 'HYL');
export const zhao = volunteer('zhao-min', '赵敏', 'HYL');
export const liu = coordinator('liu-fang', '刘芳', '槐荫社区');
export const greenShade = unit('lvyin-wuye', 'property', '绿荫物业');
export const pledgers = unit('hyl-baogan', 'volunteer', '槐荫里包干党员');
export const residentsCommittee = unit('huaiyin-juweihui', 'committee', '槐荫社区居委会');

// 街道与区
export const sun: Player = {
  subject: 'sun-li',
  name: '孙立',
  role: 'supervisor',
  scope: { street: '朝阳街道' },
};
export const auditor: Player = {
  subject: 'auditor',
  name: '审计员',
  role: 'auditor',
  scope: { district: '和平区' },
};
export const admin: Player = { subject: 'admin', name: '系统管理员', role: 'admin', scope: {} };
export const builders = unit('shunda-shigong', 'contractor', '顺达施工队');
export const liftService = unit('anxin-dianti', 'contractor', '安心电梯维保');
export const heating = unit('heping-gongre', 'department', '和平供热站');
export const gas = unit('heping-ranqi', 'department', '和平燃气所');
export const water = unit('heping-gongshui', 'department', '和平供水站');
export const gardens = unit('heping-yuanlin', 'department', '和平园林所');
export const lighting = unit('heping-ludeng', 'department', '和平路灯所');
export const school = unit('zhijiao-zhongxin', 'partner', '职教中心家电维修班');

/** The tokens that are printed: one for each role, each reaching the demonstration's stations. */
export const printed: readonly Player[] = [
  zhang,
  chen,
  sun,
  sunshine,
  auditor,
  { subject: 'analyst', name: '统计员', role: 'analyst', scope: { district: '和平区' } },
  admin,
];
