import type { Recorded } from '#event-sourcing';
import type { RequestEvent } from '#requests';

/**
 * Whenever this happens, then that has to be done. A policy is asked about an event as often as it may be (by the request that
 * brought it, by every process that follows the log, after every restart) and acts once: it looks how things stand now, and
 * what it says it says under a key that derives from the event.
 */
export type Policy = {
  /** The types of events it waits for. */
  on: readonly RequestEvent['type'][];
  follow: (event: Recorded<RequestEvent>) => Promise<unknown>;
};
