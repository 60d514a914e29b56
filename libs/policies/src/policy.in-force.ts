import type { PolicyState } from './policy.decider.js';
import { defaultPolicy } from './policy.events.js';
import type { Policy } from './policy.js';
import { shippedPolicy } from './shipped.policy.js';

/** A policy and what it is called where it was used: `海淀区@2`, `default@0` for the one that comes with the program. */
export type PolicyInForce = { name: string; policy: Policy };

/** The version of a stream that holds on a day (`yyyy-mm-dd`); of two from the same day the later one. */
export const versionOn = (
  { versions }: PolicyState,
  day: string,
): PolicyState['versions'][number] | undefined => versions.findLast(({ from }) => from <= day);

/** What holds for a district on a day: its own, else the default's, else what comes with the program. */
export function policyInForce(
  district: { code: string } & PolicyState,
  standard: PolicyState,
  day: string,
): PolicyInForce {
  const own = versionOn(district, day);
  if (own) return { name: `${district.code}@${own.version}`, policy: own.policy };
  const general = versionOn(standard, day);
  return general
    ? { name: `${defaultPolicy}@${general.version}`, policy: general.policy }
    : { name: `${defaultPolicy}@0`, policy: shippedPolicy };
}
