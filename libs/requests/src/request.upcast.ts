import type { Upcast } from '#event-sourcing';

/** The schema that today's events are written with. */
export const requestSchema = 1;

// Never delete a case: streams keep their oldest events for ever. Each has a spec with the literal old JSON.
export const upcastRequest: Upcast = ({ type, data }) => ({ type, data });

/** By category of stream; `key` streams hold idempotency keys that no other stream can tell of, `reaction` streams how far the log was followed. */
export const requestUpcasts = { request: upcastRequest, key: upcastRequest, reaction: upcastRequest };
