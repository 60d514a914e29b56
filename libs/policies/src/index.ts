export { type PolicyFault, policyFaults } from './policy.check.js';
export { type PolicyCommand, type PolicyState, policyDecider, policyRejections } from './policy.decider.js';
export { type PolicyEvent, type PolicyVersion, defaultPolicy, policyStream } from './policy.events.js';
export { type PolicyInForce, policyInForce, versionOn } from './policy.in-force.js';
export {
  type Approvals,
  type ApproverRole,
  type CallbackPolicy,
  type DeadlineKind,
  type EscalationStep,
  type Policy,
  type RatePolicy,
  type UrgencyClass,
  approvedActions,
  approverRoles,
  approvers,
  classOf,
  copyPolicy,
  deadlineKinds,
  escalationLevels,
  limitOf,
  warnedBefore,
} from './policy.js';
export { policySchema, policyUpcasts, upcastPolicy } from './policy.upcast.js';
export { shippedPolicy } from './shipped.policy.js';
