import type { Upcast } from '#event-sourcing';
import type { PolicyEvent } from './policy.events.js';

/**
 * The schema that today's events are written with. Since 3 the rates may have lists of units and of categories, and approvals say who
 * approves of a return.
 */
export const policySchema = 3;

// Never delete a case: streams keep their oldest events for ever. Each has a spec with the literal old JSON.
export const upcastPolicy: Upcast = ({ type, data }) => ({ type, data: completed(data as Stored) });

type Data = PolicyEvent['data'];
type Policy = Data['policy'];
type Stored = Omit<Data, 'policy'> & {
  policy: Omit<Policy, 'callbacks' | 'approvals'> & {
    callbacks?: Policy['callbacks'];
    approvals: Omit<Policy['approvals'], 'return'> & Partial<Policy['approvals']>;
  };
};

// Schema 1 did not say how often a resident is called: it was always three times. Nor did it say who approves of a return, and
// schema 2 did not either: it was everybody who may return at all.
const completed = ({ policy, ...rest }: Stored): Data => ({
  ...rest,
  policy: {
    ...policy,
    approvals: {
      ...policy.approvals,
      return: policy.approvals.return ?? ['coordinator', 'supervisor', 'handler'],
    },
    callbacks: policy.callbacks ?? { attempts: 3 },
  },
});

/** By category of stream. */
export const policyUpcasts = { policy: upcastPolicy };
