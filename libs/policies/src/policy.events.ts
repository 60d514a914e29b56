import type { Policy } from './policy.js';

/** What holds from a day (`yyyy-mm-dd`, in the zone of whoever asks) until a later version does. */
export type PolicyVersion = { version: number; from: string; policy: Policy };

// This type name and shape are stored for ever. Add optional fields freely; anything else goes through
// policy.upcast.ts.
export type PolicyEvent = { type: 'PolicyPublished'; data: PolicyVersion & { note: string | null } };

/** What holds for districts that have published nothing of their own. */
export const defaultPolicy = 'default';

/** A district's policy lives in a stream of its own: `policy-<district>`, and `policy-default`. */
export const policyStream = (code: string): string => `policy-${code}`;
