import { type Decider, Rejection } from '#event-sourcing';
import { policyFaults } from './policy.check.js';
import type { PolicyEvent, PolicyVersion } from './policy.events.js';
import { type Policy, copyPolicy } from './policy.js';

/**
 * `version` is absent where whoever publishes takes the next one, whatever it is; what the last one says already is not
 * published again. Days are `yyyy-mm-dd`.
 */
export type PolicyCommand = {
  type: 'PublishPolicy';
  data: {
    version?: number | undefined;
    from: string;
    today: string;
    policy: Policy;
    note?: string | undefined;
  };
};

/** Every version there is, the first one first. */
export type PolicyState = { versions: readonly PolicyVersion[] };

export const policyDecider: Decider<PolicyState, PolicyCommand, PolicyEvent> = {
  initialState: { versions: [] },

  decide({ data }, { versions }) {
    const last = versions.at(-1);
    const next = (last?.version ?? 0) + 1;
    const { version = next, from, today, note } = data;
    const published = { version, from, policy: copyPolicy(data.policy) };
    if (last && (data.version ?? last.version) === last.version && same(last, published)) return [];
    if (version !== next) throw new Rejection('policy-version-not-next', { version, next });
    refuse(published, today, last);
    return [{ type: 'PolicyPublished', data: { ...published, note: note ?? null } }];
  },

  evolve({ versions }, { data: { version, from, policy } }) {
    return { versions: [...versions, { version, from, policy }] };
  },
};

/** Every reason `decide` may give. */
export const policyRejections = [
  'policy-version-not-next',
  'policy-from-the-past',
  'policy-before-its-predecessor',
  'policy-cannot-hold',
] as const;

// Copies with their members in one order.
const same = (one: PolicyVersion, other: PolicyVersion): boolean =>
  one.from === other.from && JSON.stringify(one.policy) === JSON.stringify(other.policy);

function refuse({ from, policy }: PolicyVersion, today: string, last: PolicyVersion | undefined): void {
  // What was decided by one policy must not be told by another.
  if (from < today) throw new Rejection('policy-from-the-past', { from, today });
  if (last && from < last.from)
    throw new Rejection('policy-before-its-predecessor', { from, last: last.from });
  const faults = policyFaults(policy);
  if (faults.length > 0) throw new Rejection('policy-cannot-hold', { faults });
}
