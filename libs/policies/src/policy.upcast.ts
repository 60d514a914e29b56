import type { Upcast } from '#event-sourcing';

/** The schema that today's events are written with. */
export const policySchema = 1;

// Never delete a case: streams keep their oldest events for ever. Each has a spec with the literal old JSON.
export const upcastPolicy: Upcast = ({ type, data }) => ({ type, data });

/** By category of stream. */
export const policyUpcasts = { policy: upcastPolicy };
