import { fold, specification } from '#event-sourcing';
import { requestDecider } from './request.decider.js';
import type { RequestEvent } from './request.events.js';
import {
  accepted,
  acceptedBy,
  assigned,
  assignedTo,
  claimed,
  contractor,
  histories,
  logged,
  property,
  reopened,
  resolved,
  returned,
  volunteer,
} from './request.samples.js';

const given = specification(requestDecider);
const leadAfter = (...history: RequestEvent[]) => fold(requestDecider, history).lead;

const transferred: RequestEvent = { type: 'LeadTransferred', data: { from: property, to: contractor } };

describe('the lead', () => {
  it.each(['logged', 'assigned', 'returned'] as const)('is nobody while the request is %s', (status) =>
    expect(leadAfter(...histories[status])).toBeNull(),
  );

  it('is who accepted first', () => expect(leadAfter(logged, assigned, accepted)).toEqual(property));

  it('is who accepted first, not who was assigned first', () =>
    expect(leadAfter(logged, assigned, assignedTo(contractor), acceptedBy(contractor))).toEqual(contractor));

  it('is who claimed', () => expect(leadAfter(logged, claimed)).toEqual(volunteer));

  it('survives reassignment and the acceptance of another', () =>
    expect(leadAfter(logged, assigned, accepted, assignedTo(contractor), acceptedBy(contractor))).toEqual(
      property,
    ));

  it('survives a return', () =>
    expect(leadAfter(logged, assigned, accepted, assignedTo(contractor), returned)).toEqual(property));

  it('survives resolving and reopening, and holds the request again', () => {
    const state = fold(requestDecider, [
      ...histories.accepted,
      assignedTo(contractor),
      acceptedBy(contractor),
      resolved,
      reopened,
    ]);
    expect([state.lead, state.holder]).toEqual([property, property]);
  });

  it('does not change because the doing moves', () =>
    given(logged, assigned, accepted)
      .when({ type: 'Assign', data: { to: contractor } })
      .thenEmits(assignedTo(contractor)));

  it('changes with the explicit wish', () =>
    given(logged, assigned, accepted)
      .when({ type: 'Assign', data: { to: contractor, makeLead: true } })
      .thenEmits(assignedTo(contractor), transferred));

  it('changes with the explicit wish while the handler has the request already', () =>
    given(logged, assigned, accepted, assignedTo(contractor))
      .when({ type: 'Assign', data: { to: contractor, makeLead: true } })
      .thenEmits(assignedTo(contractor), transferred));

  it('passes on from whom it was asked of, and from nobody else', () => {
    given(logged, assigned, accepted)
      .when({ type: 'Assign', data: { to: contractor, makeLead: true, leadFrom: property.id } })
      .thenEmits(assignedTo(contractor), transferred);
    given(logged, assigned, accepted, assignedTo(contractor), transferred)
      .when({ type: 'Assign', data: { to: volunteer, makeLead: true, leadFrom: property.id } })
      .thenRejected('lead-changed');
  });

  it('changes once', () =>
    given(logged, assigned, accepted, assignedTo(contractor), transferred)
      .when({ type: 'Assign', data: { to: contractor, makeLead: true } })
      .thenNothing());

  it('cannot change before there is one', () =>
    given(logged)
      .when({ type: 'Assign', data: { to: contractor, makeLead: true } })
      .thenEmits(assignedTo(contractor)));

  it('is the new one after a transfer, and resolves', () =>
    given(logged, assigned, accepted, assignedTo(contractor), transferred, acceptedBy(contractor))
      .when({ type: 'Resolve', data: { by: contractor.id, outcome: '已修好' } })
      .thenEmits({ type: 'Resolved', data: { by: contractor, outcome: '已修好' } }));
});
