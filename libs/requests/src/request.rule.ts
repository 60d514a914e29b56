import type { RequestCommand } from './request.commands.js';
import type { RequestEvent } from './request.events.js';

/** Who acts where nobody does: it stands in the history beside people's names, Chinese first. */
export type Rule = { subject: string; name: string };

/** A rule that waits for an event and needs nothing but what the request has been through up to it. */
export type CountingRule = Rule & {
  on: RequestEvent['type'];
  says: (history: readonly RequestEvent[]) => RequestCommand | undefined;
};
