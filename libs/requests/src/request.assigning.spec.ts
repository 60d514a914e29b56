import { specification } from '#event-sourcing';
import { requestDecider } from './request.decider.js';
import {
  accepted,
  acceptedBy,
  assigned,
  assignedTo,
  claimed,
  committee,
  contractor,
  logged,
  property,
  reopened,
  resolved,
  returned,
  volunteer,
  withdrawn,
} from './request.samples.js';

const given = specification(requestDecider);

describe('assigning', () => {
  it('gives the request to one handler, with helpers and a note', () =>
    given(logged)
      .when({ type: 'Assign', data: { to: property, helpers: [committee], note: '请带铲子' } })
      .thenEmits({ type: 'Assigned', data: { to: property, helpers: [committee], note: '请带铲子' } }));

  it('moves the doing when it is said again', () =>
    given(logged, assigned, accepted)
      .when({ type: 'Assign', data: { to: contractor } })
      .thenEmits(assignedTo(contractor)));

  it('with other helpers is another assignment', () =>
    given(logged, assigned)
      .when({ type: 'Assign', data: { to: property, helpers: [committee] } })
      .thenEmits(assignedTo(property, committee)));

  it.each([
    ['assigned', [logged, assigned]],
    ['accepted', [logged, assigned, accepted]],
  ])('to the handler that has it already changes nothing when it is %s', (_, history) =>
    given(...history)
      .when({ type: 'Assign', data: { to: property, note: '再说一遍' } })
      .thenNothing(),
  );

  it('begins anew after a return', () =>
    given(logged, assigned, returned)
      .when({ type: 'Assign', data: { to: property } })
      .thenEmits(assigned));

  it('is possible after reopening, to the lead as well', () =>
    given(logged, assigned, accepted, resolved, reopened)
      .when({ type: 'Assign', data: { to: property } })
      .thenEmits(assigned));

  it('is refused once it is resolved', () =>
    given(logged, assigned, accepted, resolved)
      .when({ type: 'Assign', data: { to: contractor } })
      .thenRejected('request-resolved'));
});

describe('accepting', () => {
  it('is for the unit that holds the request', () =>
    given(logged, assigned)
      .when({ type: 'Accept', data: { by: property.id } })
      .thenEmits(accepted));

  it('can be written down on behalf of the holder', () =>
    given(logged, assigned).when({ type: 'Accept', data: {} }).thenEmits(accepted));

  it('is not for a stranger', () =>
    given(logged, assigned)
      .when({ type: 'Accept', data: { by: contractor.id } })
      .thenRejected('not-the-holder'));

  it('is not for a helper', () =>
    given(logged, assignedTo(property, committee))
      .when({ type: 'Accept', data: { by: committee.id } })
      .thenRejected('not-the-holder'));

  it('twice is once', () =>
    given(logged, assigned, accepted)
      .when({ type: 'Accept', data: { by: property.id } })
      .thenNothing());

  it('by another than who accepted is refused', () =>
    given(logged, assigned, accepted)
      .when({ type: 'Accept', data: { by: contractor.id } })
      .thenRejected('request-accepted'));

  it('needs an assignment', () =>
    given(logged).when({ type: 'Accept', data: {} }).thenRejected('request-logged'));

  it('is the lead’s to do when the request comes back', () =>
    given(logged, assigned, accepted, assignedTo(contractor), acceptedBy(contractor), resolved, reopened)
      .when({ type: 'Accept', data: {} })
      .thenEmits(accepted));
});

describe('returning', () => {
  const sendBack = { type: 'Return', data: { by: property.id, reason: '不属于物业' } } as const;

  it('gives the request back with a reason', () =>
    given(logged, assigned).when(sendBack).thenEmits(returned));

  it('leaves nobody holding it', () =>
    given(logged, assigned, returned)
      .when({ type: 'RecordProgress', data: { by: property.id, note: '已撒盐', at: '2026-11-22T02:00:00Z' } })
      .thenRejected('not-the-holder'));

  it('twice is once', () => given(logged, assigned, returned).when(sendBack).thenNothing());

  it('is not for a stranger', () =>
    given(logged, assignedTo(contractor)).when(sendBack).thenRejected('not-the-holder'));

  it('is too late once the unit has accepted', () =>
    given(logged, assigned, accepted).when(sendBack).thenRejected('request-accepted'));

  it('is not possible where nothing was given', () =>
    given(logged).when(sendBack).thenRejected('request-logged'));
});

describe('claiming', () => {
  const claim = { type: 'Claim', data: { by: volunteer } } as const;

  it('takes a request that nobody holds', () => given(logged).when(claim).thenEmits(claimed));

  it('takes a request that came back before anybody accepted', () =>
    given(logged, assigned, returned).when(claim).thenEmits(claimed));

  it('is refused where somebody leads, even if the request came back', () =>
    given(logged, assigned, accepted, assignedTo(contractor), {
      type: 'Returned',
      data: { by: contractor, reason: '没有工具' },
    })
      .when(claim)
      .thenRejected('already-led'));

  it('twice is once', () => given(logged, claimed).when(claim).thenNothing());

  it('does not take back what was passed on', () =>
    given(logged, claimed, assigned, accepted).when(claim).thenRejected('request-accepted'));

  it.each([
    ['assigned', [logged, assigned]],
    ['accepted', [logged, assigned, accepted]],
    ['reopened', [logged, assigned, accepted, resolved, reopened]],
    ['withdrawn', [logged, withdrawn]],
  ])('is refused when the request is %s', (status, history) =>
    given(...history)
      .when(claim)
      .thenRejected(`request-${status}`),
  );
});
