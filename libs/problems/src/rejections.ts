import { Rejection } from '#event-sourcing';
import { faultSentences } from './fault.sentences.js';
import { type Phrase, Sentence } from './language.js';
import type { ProblemSlug } from './problem.catalogue.js';
import type { Finding } from './problem.document.js';

type RejectionEntry = Phrase & { problem: ProblemSlug };

const refused = (zh: string, en: string): RejectionEntry => ({ problem: 'not-allowed-in-state', zh, en });

/** What the domain's reasons mean to a client: the problem they belong to and a sentence; details fill `{name}`. */
export const rejections: Readonly<Record<string, RejectionEntry>> = {
  'request-unknown': {
    problem: 'unknown-request',
    zh: '没有找到这件诉求，请核对编号。',
    en: 'There is no such request; please check its number.',
  },
  'request-logged': refused(
    '这件诉求刚登记，还没有派单，不能这样办。',
    'The request has only been logged; nobody has been assigned yet.',
  ),
  'request-returned': refused(
    '这件诉求已退单，请先重新派单。',
    'The request was returned; assign it again first.',
  ),
  'request-assigned': refused(
    '这件诉求已派单，还没有签收，不能这样办。',
    'The request is assigned and not accepted yet; this is not possible now.',
  ),
  'request-accepted': refused(
    '这件诉求已签收，正在办理，不能这样办。',
    'The request is accepted and being worked on; this is not possible now.',
  ),
  'request-resolved': refused(
    '这件诉求已办结；如果问题还在，请先重新打开。',
    'The request is resolved; reopen it first if the matter is not settled.',
  ),
  'request-reopened': refused(
    '这件诉求已重新打开，还在办理，不能这样办。',
    'The request was reopened and is being worked on; this is not possible now.',
  ),
  'request-closed': refused(
    '这件诉求已归档；如果问题还在，请先重新打开。',
    'The request is closed; reopen it first if the matter is not settled.',
  ),
  'request-merged': refused(
    '这件诉求已并入 {mergedInto}，请到那一件上办理；并错了请先取消并单。',
    'The request was merged into {mergedInto}: act there, or unmerge it first if that was wrong.',
  ),
  'request-withdrawn': refused(
    '这件诉求已撤回，不能再办理。',
    'The request was withdrawn; nothing more can be done.',
  ),
  'request-excluded': refused(
    '这件诉求已剔除，不计入考核，不能再办理。',
    'The request was excluded from the rates; nothing more can be done.',
  ),
  'not-the-holder': refused(
    '只有承办方才能这样办；现在的承办方：{holder}。',
    'Only the unit that holds the request may do this; it is held by: {holder}.',
  ),
  'not-the-lead': refused(
    '只有首接单位才能办结；首接单位：{lead}。',
    'Only the lead may resolve the request; the lead is: {lead}.',
  ),
  'already-led': refused(
    '已经有人认领或承办：{lead}。',
    'Somebody answers for this request already: {lead}.',
  ),
  'lead-changed': refused(
    '首接单位刚刚已变更为 {lead}，请核对后再改。',
    'The lead has just passed to {lead}; look again before you pass it on.',
  ),
  'unreached-resident-cannot-answer': {
    problem: 'invalid-body',
    zh: '没有联系上居民时，不能代填居民的答复。',
    en: 'A resident who was not reached cannot have answered.',
  },
  'callback-needs-answer': {
    problem: 'invalid-body',
    zh: '联系上居民后，请填写问题是否解决。',
    en: 'Once the resident was reached, say whether the matter is resolved.',
  },
  'unknown-caller': {
    problem: 'invalid-body',
    zh: '诉求 {caller} 没有并入这一件，不能在这里回访。',
    en: 'Request {caller} was not merged into this one: its resident is not called back here.',
  },
  'parts-open': refused(
    '还有没办完的子诉求：{parts}。请先办完，或在 evenThough 中写明为什么仍要办结。',
    'These parts are still open: {parts}. Finish them first, or say in `evenThough` why it ends all the same.',
  ),
  'part-cannot-be-split': refused(
    '这件诉求是从 {parent} 拆分出来的，不能再拆分；请在 {parent} 上继续拆分。',
    'The request is a part of {parent} and not split again; split {parent} further instead.',
  ),
  'merge-into-itself': refused('诉求不能并入自己。', 'A request is not merged into itself.'),
  'merge-target-unknown': {
    problem: 'unknown-request',
    zh: '没有找到要并入的诉求 {into}，请核对编号。',
    en: 'There is no request {into} to merge into; please check its number.',
  },
  'merge-target-ended': refused(
    '诉求 {into} 已经不在办理中（{targetState}），不能再并入；如已并入另一件：{mergedInto}。',
    'Request {into} is no longer open ({targetState}); nothing is merged into it. It was merged into: {mergedInto}.',
  ),
  'merge-across-districts': refused(
    '两件诉求分属 {district} 和 {other}，不能跨区并单。',
    'The requests belong to {district} and {other}; they are not merged across districts.',
  ),
  'part-cannot-be-merged': refused(
    '从 {parent} 拆分出来的子诉求不能并单；请用 {parent}。',
    'A part of {parent} is not merged, nor is anything merged into it; use {parent}.',
  ),
  'parent-cannot-be-merged': refused(
    '这件诉求已拆分为 {parts}，不能并入别的诉求；可以把别的并入它。',
    'The request was split into {parts} and is not merged; others may be merged into it.',
  ),
  'others-merged-into-it': refused(
    '已有诉求并入这一件：{requests}。请先取消并单；要并单的，也可以把另一件并入这一件。',
    'Others were merged into this one: {requests}. Unmerge them first; to merge, merge the other one into this.',
  ),
  'one-level-at-a-time': refused(
    '只能逐级升级；现在在{level}，上一级：{next}。',
    'Escalation climbs one level at a time; it is at the {level} now, the next level is: {next}.',
  ),
  'resumed-before-paused': refused(
    '计时自 {pausedAt} 起暂停，恢复不能早于这个时间。',
    'The clock has stood still since {pausedAt}; it does not go on before that.',
  ),
  'station-unknown': {
    problem: 'unknown-station',
    zh: '没有找到这个驿站，请核对代码。',
    en: 'There is no such station; please check its code.',
  },
  'station-closed': refused('驿站 {station} 已关闭。', 'Station {station} is closed.'),
  'station-code-taken': {
    problem: 'conflict',
    zh: '驿站代码 {station} 已被使用。',
    en: 'The station code {station} is taken.',
  },
  'policy-version-not-next': {
    problem: 'conflict',
    zh: '政策的下一版是第 {next} 版，不是第 {version} 版；请重新查看后再发布。',
    en: 'The next version of the policy is {next}, not {version}; look again before you publish.',
  },
  'policy-from-the-past': refused(
    '政策不能从过去的日子起施行：{from} 早于今天 {today}。',
    'A policy cannot hold from a day that has passed: {from} is before today, {today}.',
  ),
  'policy-before-its-predecessor': refused(
    '政策不能早于上一版施行：{from} 早于 {last}。',
    'A policy cannot hold before the last version does: {from} is before {last}.',
  ),
  'policy-cannot-hold': {
    problem: 'invalid-body',
    zh: '这样的政策不能施行，请看 errors 中的逐项说明。',
    en: 'Such a policy cannot hold; errors says which fields are not right and why.',
  },
  'calendar-version-not-next': {
    problem: 'conflict',
    zh: '日历的下一版是第 {next} 版，不是第 {version} 版；请重新查看后再发布。',
    en: 'The next version of the calendar is {next}, not {version}; look again before you publish.',
  },
  'calendar-year-past': refused(
    '{year} 年已经过去，不能再发布它的日历。',
    'The year {year} has passed; its calendar cannot be published any more.',
  ),
  'calendar-cannot-be': {
    problem: 'invalid-body',
    zh: '不可能有这样的日历，请看 errors 中的逐项说明。',
    en: 'There cannot be such a calendar; errors says which fields are not right and why.',
  },
};

// Facts that read as words in a sentence; all others (names, codes) stay as they are.
const words: Readonly<Record<string, Sentence>> = {
  station: new Sentence('驿站', 'station'),
  community: new Sentence('社区', 'community'),
  street: new Sentence('街道', 'street'),
  district: new Sentence('区', 'district'),
};
const none = new Sentence('无', 'none');

/** The answer to a rejected command: its reason and facts stay readable for programs beside the sentence. */
export function explainRejection({ reason, details }: Rejection): Finding {
  const { faults, ...facts } = details;
  if (Array.isArray(faults))
    return { ...explainRejection(new Rejection(reason, facts)), extensions: faulty(reason, faults) };
  const entry = rejections[reason];
  if (!entry) return { slug: 'not-allowed-in-state', params: {}, extensions: { reason, ...details } };
  const extensions = entry.problem === 'unknown-request' ? { reason } : { reason, ...details };
  const params = Object.entries(details).map(([name, fact]) => [name, spoken(fact)]);
  return { slug: entry.problem, params: Object.fromEntries(params), extensions, detail: entry };
}

function spoken(fact: unknown): unknown {
  return fact === null || fact === undefined ? none : (words[String(fact)] ?? fact);
}

type Fault = { field: string; fault: string };

const faulty = (reason: string, faults: Fault[]): Finding['extensions'] => ({
  reason,
  errors: faults.map(({ field, fault }) => ({ field, message: faultSentences[fault] ?? fault })),
});
