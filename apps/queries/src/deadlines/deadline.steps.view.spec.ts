import { shippedCalendar } from '#calendar';
import { fold } from '#event-sourcing';
import { shippedPolicy } from '#policies';
import { type RequestCommand, type RequestEvent, requestDecider } from '#requests';
import { type Happened, recorded } from '../spec/recorded.js';
import { property } from '../spec/town.js';
import { stepsView } from './deadline.steps.view.js';

const zone = 'Asia/Shanghai';
const policy = { name: 'default@0', policy: shippedPolicy };
type Step = [RequestCommand['type'], object, string];

// Seven working days from Monday the 2nd end on Wednesday the 11th.
const place = {
  code: 'YFXJ',
  name: '永丰驿站',
  community: '永丰社区',
  street: '永丰街道',
  district: '海淀区',
};
const station = { ...place, timeZone: zone };
const logging = { requestId: 'YFXJ-261102-7K3QQ', station, summary: '楼前结冰', channel: 'walk-in' };
const logged: Step = ['LogRequest', logging, '2026-11-02T10:00'];
const claimed: Step = ['Claim', { by: property }, '2026-11-02T11:00'];
const resolved: Step = ['Resolve', { outcome: '已清理' }, '2026-11-03T10:00'];
const paused: Step = ['Pause', { approver: '王书记', reason: '等配件' }, '2026-11-03T10:00'];

const due = { kind: 'resolution', begunAt: utc('2026-11-02T10:00'), dueAt: utc('2026-11-11T10:00') };
const warned: Step = ['Warn', { ...due, now: utc('2026-11-10T10:05') }, '2026-11-10T10:05'];
const byHand: Step = ['Escalate', { to: 'community', reason: '急' }, '2026-11-10T11:00'];

function utc(local: string): string {
  return new Date(`${local}+08:00`).toISOString();
}

/** What is told of the steps of the last deadline of the resolution. */
function told(...steps: Step[]): string[][] {
  const events: Happened<RequestEvent>[] = [];
  for (const [type, data, local] of steps) {
    const at = utc(local);
    const command = { type, data, terms: { at, policy, calendar: shippedCalendar } } as RequestCommand;
    const happened = requestDecider.decide(command, fold(requestDecider, events));
    events.push(...happened.map((event) => ({ ...event, at })));
  }
  const history = recorded<RequestEvent>('request-YFXJ-261102-7K3QQ', events);
  const state = fold(requestDecider, history);
  const { resolution } = state.deadlines;
  return resolution
    ? stepsView(resolution, history, state).map(({ explanation: { zh, en } }) => [zh, en])
    : [];
}

describe('a step of a deadline', () => {
  it('is told as what will be done, or was', () =>
    expect(told(logged, claimed, warned)).toEqual([
      ['11月10日10:05预警', 'warned of 10 November 10:05'],
      ['11月11日10:00将升级至社区', 'to be escalated to the community 11 November 10:00'],
      ['11月12日10:00起将由街道督办', 'to be supervised by the street from 12 November 10:00'],
      ['11月16日10:00起将由区督办', 'to be supervised by the district from 16 November 10:00'],
    ]));

  it('is not done any more once the deadline is met', () =>
    expect(told(logged, claimed, resolved)).toEqual([
      ['不再预警', 'not warned of any more'],
      ['不再升级至社区', 'not escalated to the community any more'],
      ['不再由街道督办', 'not supervised by the street any more'],
      ['不再由区督办', 'not supervised by the district any more'],
    ]));

  it('is not done any more where that level was called by hand', () =>
    expect(told(logged, claimed, byHand).slice(1, 3)).toEqual([
      ['不再升级至社区', 'not escalated to the community any more'],
      ['11月12日10:00起将由街道督办', 'to be supervised by the street from 12 November 10:00'],
    ]));

  it('is still to come while the clock stands still', () =>
    expect(told(logged, claimed, paused)).toEqual(told(logged, claimed)));
});
