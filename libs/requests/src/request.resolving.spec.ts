import { specification } from '#event-sourcing';
import { requestDecider } from './request.decider.js';
import type { RequestEvent } from './request.events.js';
import {
  accepted,
  acceptedBy,
  assignedTo,
  claimed,
  closed,
  contractor,
  histories,
  logged,
  property,
  reopened,
  resolved,
  volunteer,
} from './request.samples.js';

const given = specification(requestDecider);
const impliedBy = (by: typeof property): RequestEvent => ({ type: 'Accepted', data: { by, implied: true } });
const resolve = { type: 'Resolve', data: { outcome: '物业已清理' } } as const;
const passedOn = [logged, assignedTo(property), accepted, assignedTo(contractor)];

describe('resolving', () => {
  it('says in words what was done', () =>
    given(...histories.accepted)
      .when(resolve)
      .thenEmits(resolved));

  it('straight from the assignment implies that it was accepted', () =>
    given(...histories.assigned)
      .when(resolve)
      .thenEmits(impliedBy(property), resolved));

  it('straight from the assignment makes the holder the lead', () =>
    given(...histories.assigned, impliedBy(property), resolved, reopened)
      .when({ type: 'Accept', data: {} })
      .thenEmits(accepted));

  it('after reopening implies that the lead accepted again', () =>
    given(...histories.reopened)
      .when(resolve)
      .thenEmits(impliedBy(property), resolved));

  it('of a claimed request is the volunteer’s', () =>
    given(logged, claimed)
      .when({ type: 'Resolve', data: { by: volunteer.id, outcome: '已陪同就医' } })
      .thenEmits({ type: 'Resolved', data: { by: volunteer, outcome: '已陪同就医' } }));

  it('is the lead’s although another does the work, whose acceptance it implies', () =>
    given(...passedOn)
      .when({ type: 'Resolve', data: { by: property.id, outcome: '物业已清理' } })
      .thenEmits(impliedBy(contractor), resolved));

  it('is not for the holder who does not lead', () =>
    given(...passedOn, acceptedBy(contractor))
      .when({ type: 'Resolve', data: { by: contractor.id, outcome: '已修好' } })
      .thenRejected('not-the-lead'));

  it('is not for a stranger', () =>
    given(...histories.assigned)
      .when({ type: 'Resolve', data: { by: contractor.id, outcome: '已修好' } })
      .thenRejected('not-the-lead'));

  it('twice with the same outcome is once', () =>
    given(...histories.resolved)
      .when(resolve)
      .thenNothing());

  it('again with another outcome is a contradiction', () =>
    given(...histories.resolved)
      .when({ type: 'Resolve', data: { outcome: '什么也没做' } })
      .thenRejected('request-resolved'));

  it.each(['logged', 'returned', 'closed', 'withdrawn', 'excluded'] as const)(
    'is refused while the request is %s',
    (status) =>
      given(...histories[status])
        .when(resolve)
        .thenRejected(`request-${status}`),
  );
});

describe('closing', () => {
  it('puts a resolved request away', () =>
    given(...histories.resolved)
      .when({ type: 'Close', data: { note: '居民满意' } })
      .thenEmits({ type: 'Closed', data: { note: '居民满意' } }));

  it('needs no note', () =>
    given(...histories.resolved)
      .when({ type: 'Close', data: {} })
      .thenEmits(closed));

  it('twice is once', () =>
    given(...histories.closed)
      .when({ type: 'Close', data: { note: '居民满意' } })
      .thenNothing());

  it.each(['logged', 'returned', 'assigned', 'accepted', 'reopened', 'withdrawn', 'excluded'] as const)(
    'is refused while the request is %s',
    (status) =>
      given(...histories[status])
        .when({ type: 'Close', data: {} })
        .thenRejected(`request-${status}`),
  );
});

describe('reopening', () => {
  const reopen = { type: 'Reopen', data: { reason: '又结冰了' } } as const;

  it.each(['resolved', 'closed'] as const)('brings back what was %s', (status) =>
    given(...histories[status])
      .when(reopen)
      .thenEmits(reopened),
  );

  it('twice is once', () =>
    given(...histories.reopened)
      .when(reopen)
      .thenNothing());

  it('lets the same outcome be said again', () =>
    given(...histories.reopened, accepted)
      .when(resolve)
      .thenEmits(resolved));

  it.each(['logged', 'returned', 'assigned', 'accepted', 'withdrawn', 'excluded'] as const)(
    'is refused while the request is %s',
    (status) =>
      given(...histories[status])
        .when(reopen)
        .thenRejected(`request-${status}`),
  );
});
