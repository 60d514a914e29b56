import type { CountingRule } from './request.rule.js';
import { whenReopenedThreeTimesThenEscalate } from './when-reopened-three-times-then-escalate.policy.js';
import { whenReturnedThreeTimesThenEscalate } from './when-returned-three-times-then-escalate.policy.js';

export const countingRules: readonly CountingRule[] = [
  whenReturnedThreeTimesThenEscalate,
  whenReopenedThreeTimesThenEscalate,
];
