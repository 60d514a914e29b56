import type { Answered, Asking } from './client.js';
import { committee, ice, property, succeeded, type Town } from './town.js';

// What people say to requests, for all specs that look at what becomes of it.

export const wang = { name: '王秀英', phone: '13800000001', flat: '301' };
export const li = { name: '李桂兰', phone: '13800000002', flat: '502' };

type Step = [route: string, body: object, status: string, events: string[]];

/** From the log to the shelf, and what each step makes. */
export const stepsToTheShelf: readonly Step[] = [
  ['assignment', { to: property, note: '请先撒融雪剂' }, 'assigned', ['Assigned', 'DeadlineSet']],
  ['acceptance', {}, 'accepted', ['Accepted']],
  ['progress', { note: '物业已到现场' }, 'accepted', ['ProgressRecorded']],
  ['contact', { reached: true, channel: 'phone' }, 'accepted', ['ResidentContacted']],
  ['resolution', { outcome: '物业已清理' }, 'resolved', ['Resolved']],
  ['callback', { contacted: true, resolved: 'yes', satisfied: 'yes' }, 'resolved', ['CallbackRecorded']],
  ['closing', { note: '回访满意，归档' }, 'closed', ['Closed']],
];

/** The resident of one that was resolved says no. */
export const saysNo = (town: Town, id: string, note: string): Promise<Answered> =>
  town.say(id, 'callback', { contacted: true, resolved: 'no', note });

/** Two requests of two residents. */
export const two = async (town: Town): Promise<[string, string]> => [
  await town.logged({ ...ice, resident: wang }),
  await town.logged({ ...ice, resident: li }),
];

export const merge = (town: Town, id: string, into: string, asking: Asking = {}): Promise<Answered> =>
  town.say(id, 'merging', { into, reason: '同一处结冰' }, asking);

export const unmerge = (town: Town, id: string): Promise<Answered> =>
  town.say(id, 'unmerging', { reason: '不是同一处' });

/** The resident of the one that was merged is called about the other one. */
export const callsBackFor = (town: Town, kept: string, twin: string): Promise<Answered> =>
  town.say(kept, 'callback', { contacted: true, resolved: 'yes', satisfied: 'mostly', caller: twin });

export const parts = [{ summary: '5号楼西侧结冰' }, { summary: '5号楼东侧下水堵', category: '供水排水' }];

export const split = (town: Town, id: string, more = {}, asking: Asking = {}): Promise<Answered> =>
  town.say(id, 'splitting', { parts, reason: '两家单位各管一段', ...more }, asking);

export async function finish(town: Town, id: string): Promise<void> {
  succeeded(await town.say(id, 'assignment', { to: property }));
  succeeded(await town.say(id, 'resolution', { outcome: '已清理' }));
}

/** The token of her who may let time stand still here. */
export const approver = (town: Town): Promise<string> =>
  town.token('coordinator', { community: '幸福社区' }, { name: '陈静' });

/** Everything above once; the numbers of all requests it made. */
export async function allLives(town: Town): Promise<string[]> {
  const shelved = await town.logged({ ...ice, resident: wang });
  for (const [route, body] of stepsToTheShelf) succeeded(await town.say(shelved, route, body));

  const returned = await town.logged();
  succeeded(await town.say(returned, 'assignment', { to: committee }));
  const as = await town.token('handler', { unit: committee.id });
  succeeded(await town.say(returned, 'return', { reason: '不属于我单位职责' }, { as }));

  const unhappy = await town.inState('resolved');
  succeeded(await saysNo(town, unhappy, '又结冰了'));
  succeeded(await town.say(unhappy, 'resolution', { outcome: '又清了一次' }));
  succeeded(await town.say(unhappy, 'callback', { contacted: false }));

  const parted = await two(town);
  succeeded(await merge(town, parted[1], parted[0]));
  await finish(town, parted[0]);
  succeeded(await callsBackFor(town, ...parted));
  succeeded(await unmerge(town, parted[1]));

  const joined = await two(town);
  succeeded(await merge(town, joined[1], joined[0]));

  const whole = await town.logged({ ...ice, resident: li });
  const [west, east] = succeeded(await split(town, whole)).body['parts'] as [string, string];
  await finish(town, west);

  const [waited, waiting] = [await town.inState('accepted'), await town.inState('accepted')];
  const pausing = { as: await approver(town) };
  succeeded(await town.say(waited, 'pause', { reason: '等待配件到货' }, pausing));
  succeeded(await town.say(waiting, 'pause', { reason: '等待配件到货' }, pausing));
  succeeded(await town.say(waited, 'resumption', {}, pausing));
  return [shelved, returned, unhappy, ...parted, ...joined, whole, west, east, waited, waiting];
}
