import type { Upcast } from '#event-sourcing';

/** The schema that today's events are written with. */
export const calendarSchema = 1;

// Never delete a case: streams keep their oldest events for ever. Each has a spec with the literal old JSON.
export const upcastCalendar: Upcast = ({ type, data }) => ({ type, data });

/** By category of stream. */
export const calendarUpcasts = { calendar: upcastCalendar };
