import * as who from './cast.js';
import * as life from './story.js';

/** The evening shift, and what comes in while the demonstration starts. */
export const evening: readonly life.Scene[] = [
  life.scene(
    'after-school',
    '17:00',
    who.zhang,
    {
      summary: '双职工家庭，孩子放学没人看',
      category: '便民服务',
      resident: { name: '唐静', phone: '13800000038', flat: '6号楼3单元702' },
      channel: 'online',
    },
    life.claim('17:20', who.zhang),
    life.progress('17:45', who.zhang, '先在驿站写作业，已联系退休教师周三起值班'),
  ),
  life.scene(
    'square-dance',
    '17:30',
    who.zhao,
    {
      summary: '广场舞音响太大，孩子写不了作业',
      category: '噪音扰民',
      place: { building: '中心广场' },
      resident: { name: '方圆', phone: '13800000039', flat: '3号楼1单元401' },
      channel: 'phone',
    },
    life.assign('17:34', who.zhao, who.residentsCommittee),
    life.accept('18:10', who.residentsCommittee),
    life.contact('18:30', who.residentsCommittee, {
      reached: true,
      channel: 'phone',
      note: '领舞的答应八点前结束、调低音量',
    }),
  ),
  life.scene(
    'taken-space',
    '18:10',
    who.li,
    {
      summary: '租的车位被别人占了',
      category: '停车',
      resident: { name: '魏东', phone: '13800000040', flat: '9号楼1单元801' },
      channel: 'phone',
    },
    life.assign('18:12', who.li, who.sunshine),
    life.accept('18:15', who.sunshine),
    life.resolve('18:40', who.sunshine, '联系车主挪走，装了地锁'),
    life.unreached('20:20', who.li, '电话关机，次日再访'),
  ),
  life.scene('stray-cats', '19:00', who.wang, {
    summary: '流浪猫在车底做窝，请想想办法',
    category: '宠物',
    channel: 'walk-in',
  }),
  life.scene(
    'fire-door',
    '20:10',
    who.li,
    { summary: '消防通道铁门上了锁', category: '消防隐患', place: { building: '10号楼' }, channel: 'patrol' },
    life.assign('20:12', who.li, who.sunshine),
    life.accept('20:15', who.sunshine),
    life.resolve('20:32', who.sunshine, '锁已剪除，换成推杆'),
    life.callBack('21:00', who.zhang, {
      contacted: true,
      resolved: 'yes',
      satisfied: 'not-rated',
      note: '巡查复核',
    }),
    life.close('21:01', who.zhang, '复核通过，归档'),
  ),
  life.scene('burst-pipe', 'now', who.zhang, {
    summary: '水管爆了，水漫到楼梯',
    category: '供水排水',
    place: { building: '2号楼', unit: '2单元' },
    resident: { name: '蒋红', phone: '13800000041', flat: '101' },
    channel: 'phone',
  }),
  life.scene(
    'lift-stopped',
    'now',
    who.zhao,
    {
      summary: '电梯停在四楼不动，里面没有人',
      category: '电梯',
      place: { building: '8号楼', unit: '2单元' },
      resident: { name: '薛刚', phone: '13800000042', flat: '1001' },
      channel: 'walk-in',
    },
    life.assign('now', who.zhao, who.liftService),
  ),
];
