import { type CountingRule, everyThird } from './request.rule.js';

/** Mended three times and still not well: whoever mends it is not looking at the cause. */
export const whenReopenedThreeTimesThenEscalate: CountingRule = {
  subject: 'when-reopened-three-times-then-escalate',
  name: '三次重办升级',
  ...everyThird('Reopened', 'third-reopening'),
};
