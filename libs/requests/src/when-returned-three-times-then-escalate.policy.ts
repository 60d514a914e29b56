import type { CountingRule } from './request.rule.js';

/**
 * 退单拉锯: nobody thinks it is theirs, so whoever stands above the units has to say whose it is.
 * The third, the sixth, the ninth return call the next level, and those in between nobody; once it is at the district,
 * nobody stands above.
 */
export const whenReturnedThreeTimesThenEscalate: CountingRule = {
  subject: 'when-returned-three-times-then-escalate',
  name: '三次退单升级',
  on: 'Returned',
  says(history) {
    const count = history.filter(({ type }) => type === 'Returned').length;
    if (count === 0 || count % 3 > 0) return undefined;
    return { type: 'EscalateByRule', data: { rule: 'third-return', count } };
  },
};
