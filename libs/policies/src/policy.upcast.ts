import type { Upcast } from '#event-sourcing';
import type { PolicyEvent } from './policy.events.js';

/**
 * The schema that today's events are written with. Since 3 the rates may have lists of units and of categories; events of 2
 * are read as they are.
 */
export const policySchema = 3;

// Never delete a case: streams keep their oldest events for ever. Each has a spec with the literal old JSON.
export const upcastPolicy: Upcast = ({ type, data }) => ({ type, data: withCallbacks(data as Stored) });

type Data = PolicyEvent['data'];
type Stored = Omit<Data, 'policy'> & { policy: Omit<Data['policy'], 'callbacks'> & Partial<Data['policy']> };

// Schema 1 did not say how often a resident is called: it was always three times.
const withCallbacks = ({ policy, ...rest }: Stored): Data => ({
  ...rest,
  policy: { ...policy, callbacks: policy.callbacks ?? { attempts: 3 } },
});

/** By category of stream. */
export const policyUpcasts = { policy: upcastPolicy };
