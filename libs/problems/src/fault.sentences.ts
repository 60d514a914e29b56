import { Sentence } from './language.js';

/** What the domain finds wrong with a field of a policy or a calendar, in words. */
export const faultSentences: Readonly<Record<string, Sentence>> = {
  'none-given': new Sentence('至少要有一项', 'must have at least one entry'),
  'named-twice': new Sentence('重复了', 'is named twice'),
  'no-such-class': new Sentence('没有这个紧急程度', 'is no class of this policy'),
  'out-of-bounds': new Sentence('须为整数，且在合理范围内', 'must be a whole number within reason'),
  'does-not-climb': new Sentence('须比前一步更高一级', 'must be above the step before'),
  'sooner-than-before': new Sentence('不能早于前面的步骤', 'must not be sooner than a step before'),
  'not-within-limit': new Sentence('须短于这一类的时限', 'must be shorter than the limit it warns of'),
  'may-not-approve': new Sentence('这一角色无权批准', 'is a role that may not do this'),
  'weights-not-100': new Sentence('须为整数，相加为 100', 'must be whole numbers that sum to 100'),
  'no-such-day': new Sentence('必须是日历上有的日期', 'must be a day of the calendar'),
  'day-of-another-year': new Sentence('不在这一年里', 'is not in this year'),
  'ends-before-it-begins': new Sentence('不能早于开始的日子', 'must not be before the first day'),
  'day-named-twice': new Sentence('有的日子重复了', 'names a day a second time'),
  'works-anyway': new Sentence(
    '不是周六或周日，本来就上班',
    'is no Saturday or Sunday: people work then anyway',
  ),
  'hours-not-in-order': new Sentence(
    '须写作 09:00 至 17:30，且先早后晚',
    'must be written like 09:00 to 17:30, the earlier first',
  ),
};
