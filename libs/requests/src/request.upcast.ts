import type { Upcast } from '#event-sourcing';
import { notResolved } from './request.calling-back.js';
import type { RequestEvent } from './request.events.js';

/** The schema that today's events are written with. */
export const requestSchema = 1;

// Never delete a case: streams keep their oldest events for ever. Each has a spec with the literal old JSON.
export const upcastRequest: Upcast = ({ type, data }) => ({
  type,
  data: type === 'Reopened' ? inChinese(data as Reopened) : data,
});

type Reopened = Extract<RequestEvent, { type: 'Reopened' }>['data'];

// The program said why in English at first.
const inChinese = (data: Reopened): Reopened =>
  data.trigger === 'callback' && data.reason === 'callback: not resolved'
    ? { ...data, reason: notResolved }
    : data;

/** By category of stream; `key` streams hold idempotency keys that no other stream can tell of, `reaction` streams how far the log was followed. */
export const requestUpcasts = { request: upcastRequest, key: upcastRequest, reaction: upcastRequest };
