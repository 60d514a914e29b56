import type { CountingRule } from './request.rule.js';

/**
 * Mended three times and still not well: whoever mends it is not looking at the cause.
 * The third, the sixth, the ninth reopening call the next level, and those in between nobody; once it is at the district,
 * nobody stands above.
 */
export const whenReopenedThreeTimesThenEscalate: CountingRule = {
  subject: 'when-reopened-three-times-then-escalate',
  name: '三次重办升级',
  on: 'Reopened',
  says(history) {
    const count = history.filter(({ type }) => type === 'Reopened').length;
    if (count === 0 || count % 3 > 0) return undefined;
    return { type: 'EscalateByRule', data: { rule: 'third-reopening', count } };
  },
};
