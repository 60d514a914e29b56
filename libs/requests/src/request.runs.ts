import type { DeadlineKind } from '#policies';
import { type RequestEvent, type Status, isOpen } from './request.events.js';
import type { RequestState } from './request.state.js';

/** Nobody has taken it on, or not anew since it was opened again. */
export const unaccepted: readonly Status[] = ['logged', 'returned', 'assigned', 'reopened'];

/** Whether a kind of deadline still has to be met. */
export const runs: Record<DeadlineKind, (state: Pick<RequestState, 'status' | 'contacted'>) => boolean> = {
  acceptance: ({ status }) => unaccepted.includes(status),
  'first-contact': ({ status, contacted }) => isOpen(status) && !contacted,
  resolution: ({ status }) => isOpen(status),
};

/** Whether a pause stops the clock of a deadline (both ISO 8601, UTC): one that has run out cannot be stopped. */
export const stops = (pausedAt: string | null, dueAt: string): boolean =>
  pausedAt !== null && pausedAt < dueAt;

/** What meets it; whatever else ends it only lets it go. */
export const meets: Record<DeadlineKind, readonly RequestEvent['type'][]> = {
  acceptance: ['Accepted', 'Claimed', 'Resolved'],
  'first-contact': ['ResidentContacted'],
  resolution: ['Resolved'],
};
