import type { Callback, Derivation, EvenThough, Handler, RequestEvent, StepTaken } from '#requests';
import { localMoment } from './local-moment.js';
import { channelWords, deadlineWords, handlerWords, lengthWords, levelWords } from './words.js';

/** good: it went on; bad: it went back or up; plain: it was noted. */
export type Tone = 'good' | 'bad' | 'plain';

type Words<Type> = {
  /** Chinese, with the English word. */
  name: string;
  tone: Tone;
  /** What happened, in words; and what somebody said about it. */
  told: (data: Extract<RequestEvent, { type: Type }>['data']) => { what: string; said?: string | null };
};

const names = (handlers: Handler[]): string => handlers.map(handlerWords).join('、');

const triggers = { hand: '', callback: '（回访）' };
const counted = { 'third-return': '退单', 'third-reopening': '重办' };
const answers = { yes: '是', partly: '部分', mostly: '基本满意', no: '否', 'not-rated': '未评价' };
const fields = { summary: '问题', details: '详情', place: '地点', resident: '居民' };

/** Every event in words. */
export const eventWords: { [Type in RequestEvent['type']]: Words<Type> } = {
  RequestLogged: {
    name: '登记 logged',
    tone: 'plain',
    told: ({ channel, summary, details }) => ({
      what: `${channelWords[channel]}反映：${summary}`,
      said: details,
    }),
  },
  Assigned: {
    name: '派单 assigned',
    tone: 'plain',
    told: ({ to, helpers, note }) => ({
      what: `交给${handlerWords(to)}${helpers.length > 0 ? `，协办：${names(helpers)}` : ''}`,
      said: note,
    }),
  },
  LeadTransferred: {
    name: '换首接 lead',
    tone: 'plain',
    told: ({ from, to }) => ({ what: `首接单位由${handlerWords(from)}改为${handlerWords(to)}` }),
  },
  Accepted: {
    name: '签收 accepted',
    tone: 'good',
    told: ({ by, implied }) => ({ what: `${handlerWords(by)}签收${implied ? '（随办结）' : ''}` }),
  },
  Returned: {
    name: '退单 returned',
    tone: 'bad',
    told: ({ by, reason }) => ({ what: `${handlerWords(by)}退回`, said: reason }),
  },
  Claimed: { name: '认领 claimed', tone: 'good', told: ({ by }) => ({ what: `${handlerWords(by)}认领` }) },
  ProgressRecorded: { name: '进展 progress', tone: 'plain', told: ({ note }) => ({ what: '', said: note }) },
  ResidentContacted: {
    name: '联系 contacted',
    tone: 'plain',
    told: ({ reached, channel, note }) => ({
      what: `${channelWords[channel]}联系居民，${reached ? '已联系上' : '未联系上'}`,
      said: note,
    }),
  },
  Resolved: {
    name: '办结 resolved',
    tone: 'good',
    told: ({ by, outcome, evenThough }) => ({
      what: `${handlerWords(by)}办结${over(evenThough)}`,
      said: outcome,
    }),
  },
  CallbackRecorded: {
    name: '回访 callback',
    tone: 'plain',
    told: ({ caller, from, ...callback }) => ({
      what:
        `${of(caller)}${from === undefined ? '' : `并入${from}期间`}第${callback.attempt}次回访，` +
        (callback.contacted ? answered(callback) : '未联系上居民'),
      said: callback.note,
    }),
  },
  ResidentUnreachable: {
    name: '未能回访 unreachable',
    tone: 'bad',
    told: ({ attempts, caller }) => ({
      what: `${of(caller)}居民${attempts}次未联系上，不再回访，不计为答复`,
    }),
  },
  Closed: {
    name: '结案 closed',
    tone: 'good',
    told: ({ note, evenThough }) => ({ what: over(evenThough).slice(1), said: note }),
  },
  Reopened: {
    name: '重办 reopened',
    tone: 'bad',
    told: ({ reason, trigger }) => ({ what: `重新办理${triggers[trigger]}`, said: reason }),
  },
  Escalated: {
    name: '升级 escalated',
    tone: 'bad',
    told: ({ from, to, reason, trigger, count, deadline }) => ({
      what: `由${levelWords[from]}升至${levelWords[to]}${deadline ? overdue(deadline) : times(trigger, count)}`,
      said: trigger === 'hand' ? reason : null,
    }),
  },
  ClockPaused: {
    name: '暂停 paused',
    tone: 'plain',
    told: ({ approver, reason }) => ({ what: `计时暂停，${approver}批准`, said: reason }),
  },
  ClockResumed: {
    name: '恢复 resumed',
    tone: 'plain',
    told: ({ note }) => ({ what: '恢复计时', said: note }),
  },
  DeadlineSet: {
    name: '时限 deadline',
    tone: 'plain',
    told: ({ kind, dueAt, before, provisional, derivation }) => ({
      what:
        `${deadlineWords[kind]}时限${before === null ? '' : '改'}为` +
        (dueAt === null ? '（无）' : momentWords(dueAt, zoneOf(derivation))) +
        (provisional ? '（暂定）' : '') +
        (derivation.request === undefined ? '' : `（并入的诉求${derivation.request}）`),
    }),
  },
  DeadlineNeared: {
    name: '预警 warned',
    tone: 'bad',
    told: ({ kind, lateBy }) => ({ what: `${deadlineWords[kind]}时限将到${belated(lateBy)}` }),
  },
  Supervised: {
    name: '督办 supervised',
    tone: 'bad',
    told: ({ by, ...step }) => ({ what: `${levelWords[by]}督办${overdue(step)}` }),
  },
  Recategorised: {
    name: '改分类 recategorised',
    tone: 'plain',
    told: ({ from, to, reason }) => ({ what: `分类由${from ?? '（无）'}改为${to}`, said: reason }),
  },
  Corrected: {
    name: '更正 corrected',
    tone: 'plain',
    told: ({ changes, reason }) => ({ what: `更正${corrections(changes).join('；')}`, said: reason }),
  },
  Merged: {
    name: '并单 merged',
    tone: 'plain',
    told: ({ into, reason }) => ({ what: `并入 ${into}`, said: reason }),
  },
  Unmerged: {
    name: '取消并单 unmerged',
    tone: 'bad',
    told: ({ from, reason, trigger, callbacks }) => ({
      what:
        (trigger === 'hand' ? `不再并入 ${from}` : `${from} 已不在办理，未能并入`) +
        (callbacks.length > 0 ? `，带回${callbacks.length}次回访` : ''),
      said: trigger === 'hand' ? reason : null,
    }),
  },
  TookIn: { name: '并进 took in', tone: 'plain', told: ({ request }) => ({ what: `${request} 并入本件` }) },
  GaveBack: {
    name: '分出 gave back',
    tone: 'plain',
    told: ({ request }) => ({ what: `${request} 不再并入本件` }),
  },
  Split: {
    name: '拆分 split',
    tone: 'plain',
    told: ({ parts, reason }) => ({
      what: `拆分为 ${parts.map(({ requestId, summary }) => `${requestId} ${summary}`).join('；')}`,
      said: reason,
    }),
  },
  Withdrawn: { name: '撤回 withdrawn', tone: 'bad', told: ({ reason }) => ({ what: '', said: reason }) },
  Excluded: {
    name: '剔除 excluded',
    tone: 'bad',
    told: ({ approver, reason }) => ({ what: `不计入考核，${approver}批准`, said: reason }),
  },
};

type Escalated = Extract<RequestEvent, { type: 'Escalated' }>['data'];

const times = (trigger: Escalated['trigger'], count = 3): string =>
  trigger === 'third-return' || trigger === 'third-reopening'
    ? `（第${count === 3 ? '三' : count}次${counted[trigger]}）`
    : '';

const overdue = ({ kind, lateBy }: StepTaken): string => `（${deadlineWords[kind]}超期）${belated(lateBy)}`;

// A look a second is no delay; a station that stood still is one.
const belated = (seconds: number): string => (seconds < 60 ? '' : `，迟到${lengthWords(seconds)}`);

const zoneOf = (derivation: Derivation): string => (derivation.by === 'policy' ? derivation.timeZone : 'UTC');

function momentWords(instant: string, timeZone: string): string {
  const { day, time, weekday } = localMoment(instant, timeZone);
  return `${day} ${weekday} ${time}`;
}

const answered = ({ contactedByUnit, resolved, satisfied }: Callback): string =>
  (contactedByUnit === undefined ? '' : `单位联系过：${contactedByUnit ? '是' : '否'}，`) +
  `解决：${answers[resolved ?? 'not-rated']}，满意：${answers[satisfied ?? 'not-rated']}`;

const of = (caller: string | null | undefined): string => (caller ? `${caller} 的` : '');

const over = (evenThough: EvenThough | undefined): string =>
  evenThough ? `，子诉求 ${evenThough.parts.join('、')} 未办完：${evenThough.reason}` : '';

type Changes = Extract<RequestEvent, { type: 'Corrected' }>['data']['changes'];

const corrections = (changes: Changes): string[] =>
  (Object.keys(changes) as (keyof Changes)[]).map((field) => `${fields[field]}为${spoken(changes[field])}`);

function spoken(value: Changes[keyof Changes]): string {
  if (typeof value === 'string') return value;
  return (
    Object.values(value ?? {})
      .filter(Boolean)
      .join(' ') || '（无）'
  );
}
