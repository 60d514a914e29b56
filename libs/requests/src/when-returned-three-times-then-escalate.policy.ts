import { type CountingRule, everyThird } from './request.rule.js';

/** 退单拉锯: nobody thinks it is theirs, so whoever stands above the units has to say whose it is. */
export const whenReturnedThreeTimesThenEscalate: CountingRule = {
  subject: 'when-returned-three-times-then-escalate',
  name: '三次退单升级',
  ...everyThird('Returned', 'third-return'),
};
