import type { RequestEvent, Status } from './request.events.js';

/** The status an event leads to; notes and corrections leave it as it is. The read models follow the same table. */
export const statusAfter: Partial<Record<RequestEvent['type'], Status>> = {
  RequestLogged: 'logged',
  Assigned: 'assigned',
  Accepted: 'accepted',
  Returned: 'returned',
  Claimed: 'accepted',
  Resolved: 'resolved',
  Closed: 'closed',
  Reopened: 'reopened',
  Merged: 'merged',
  Withdrawn: 'withdrawn',
  Excluded: 'excluded',
};

/** The status after an event; what was unmerged says itself what it comes back to. */
export const nextStatus = (event: RequestEvent, before: Status): Status =>
  event.type === 'Unmerged' ? event.data.backTo : (statusAfter[event.type] ?? before);
