import type { Limit } from '#calendar';
import type { Policy, UrgencyClass } from './policy.js';

const hours = (amount: number): Limit => ({ amount, unit: 'hours' });
const minutes = (amount: number): Limit => ({ amount, unit: 'minutes' });
const workingDays = (amount: number): Limit => ({ amount, unit: 'working-days' });

// The first limit is for dispatch: until a unit has taken it and the resident has been spoken to. So is the first warning.
const urgency = (
  code: string,
  name: string,
  categories: string[],
  dispatch: Limit,
  resolution: Limit,
  warnDispatch: Limit,
  warnBefore: Limit,
): UrgencyClass => ({
  code,
  name,
  categories,
  limits: { acceptance: dispatch, firstContact: dispatch, resolution },
  warnBefore,
  warnings: { acceptance: warnDispatch, firstContact: warnDispatch, resolution: null },
});

/** Version 0: what holds where a district, or the default for all of them, has published nothing. */
export const shippedPolicy: Policy = {
  classes: [
    urgency(
      'emergency',
      '紧急',
      ['生命安全', '公共安全', '消防安全', '燃气泄漏', '电梯困人'],
      hours(1),
      hours(2),
      minutes(15),
      minutes(15),
    ),
    urgency(
      'utilities',
      '水电气热',
      ['供水', '供水排水', '供电', '供气', '供热', '停水', '停电', '停气'],
      hours(2),
      hours(24),
      minutes(30),
      hours(2),
    ),
    urgency('general', '一般', [], hours(24), workingDays(7), hours(4), workingDays(1)),
    urgency(
      'complex',
      '复杂',
      ['房屋产权', '拆迁安置', '加装电梯', '历史遗留'],
      hours(24),
      workingDays(15),
      hours(4),
      workingDays(2),
    ),
  ],
  otherwise: 'general',
  escalation: [
    { kind: 'acceptance', after: minutes(0), to: 'community', supervise: false },
    { kind: 'first-contact', after: minutes(0), to: 'community', supervise: false },
    { kind: 'resolution', after: minutes(0), to: 'community', supervise: false },
    { kind: 'resolution', after: workingDays(1), to: 'street', supervise: true },
    { kind: 'resolution', after: workingDays(3), to: 'district', supervise: true },
  ],
  rates: {
    weights: { response: 10, satisfaction: 40, resolution: 50 },
    mostlySatisfied: 90,
    windowDays: 30,
    minimumSample: 5,
  },
  approvals: {
    pause: ['coordinator', 'supervisor'],
    exclude: ['supervisor'],
    return: ['coordinator', 'supervisor', 'handler'],
  },
  callbacks: { attempts: 3 },
};
