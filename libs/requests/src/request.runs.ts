import type { DeadlineKind } from '#policies';
import { type Status, isOpen } from './request.events.js';
import type { RequestState } from './request.state.js';

/** Nobody has taken it on, or not anew since it was opened again. */
export const unaccepted: readonly Status[] = ['logged', 'returned', 'assigned', 'reopened'];

/** Whether a kind of deadline still has to be met. */
export const runs: Record<DeadlineKind, (state: Pick<RequestState, 'status' | 'contacted'>) => boolean> = {
  acceptance: ({ status }) => unaccepted.includes(status),
  'first-contact': ({ status, contacted }) => isOpen(status) && !contacted,
  resolution: ({ status }) => isOpen(status),
};
