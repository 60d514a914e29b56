import { specification } from '#event-sourcing';
import { requestDecider } from './request.decider.js';
import type { RequestEvent } from './request.events.js';
import {
  accepted,
  acceptedBy,
  assignedTo,
  at,
  committee,
  contractor,
  histories,
  logged,
  property,
  volunteer,
} from './request.samples.js';

const given = specification(requestDecider);
const later = '2026-11-22T02:00:00.000Z';

const salted: RequestEvent = { type: 'ProgressRecorded', data: { note: '已撒盐', at } };
const called: RequestEvent = {
  type: 'ResidentContacted',
  data: { reached: false, channel: 'phone', note: null, at },
};
const shared = [logged, assignedTo(property), accepted, assignedTo(contractor, committee)];

describe('recording progress', () => {
  it.each(['logged', 'returned', 'assigned', 'accepted', 'reopened'] as const)(
    'is possible while the request is %s',
    (status) =>
      given(...histories[status])
        .when({ type: 'RecordProgress', data: { note: '已撒盐', at } })
        .thenEmits(salted),
  );

  it.each(['resolved', 'closed', 'withdrawn', 'excluded'] as const)('is refused once it is %s', (status) =>
    given(...histories[status])
      .when({ type: 'RecordProgress', data: { note: '已撒盐', at } })
      .thenRejected(`request-${status}`),
  );

  it('twice the same is once', () =>
    given(logged, salted)
      .when({ type: 'RecordProgress', data: { note: '已撒盐', at } })
      .thenNothing());

  it('the same words at another time are another note', () =>
    given(logged, salted)
      .when({ type: 'RecordProgress', data: { note: '已撒盐', at: later } })
      .thenEmits({ type: 'ProgressRecorded', data: { note: '已撒盐', at: later } }));

  it.each([
    ['the holder', contractor],
    ['the lead', property],
    ['a helper', committee],
  ])('is for %s', (_, { id }) =>
    given(...shared)
      .when({ type: 'RecordProgress', data: { by: id, note: '已撒盐', at } })
      .thenEmits(salted),
  );

  it('is not for a stranger', () =>
    given(...shared)
      .when({ type: 'RecordProgress', data: { by: volunteer.id, note: '已撒盐', at } })
      .thenRejected('not-the-holder'));
});

describe('contacting the resident', () => {
  it('says how and whether she was reached', () =>
    given(...histories.accepted)
      .when({ type: 'ContactResident', data: { reached: true, channel: 'phone', note: '下午来修', at } })
      .thenEmits({
        type: 'ResidentContacted',
        data: { reached: true, channel: 'phone', note: '下午来修', at },
      }));

  it('is possible after the work, before the callback', () =>
    given(...histories.resolved)
      .when({ type: 'ContactResident', data: { reached: false, channel: 'phone', at } })
      .thenEmits(called));

  it.each(['closed', 'withdrawn', 'excluded'] as const)('is refused once it is %s', (status) =>
    given(...histories[status])
      .when({ type: 'ContactResident', data: { reached: true, channel: 'phone', at } })
      .thenRejected(`request-${status}`),
  );

  it('twice the same is once', () =>
    given(logged, called)
      .when({ type: 'ContactResident', data: { reached: false, channel: 'phone', at } })
      .thenNothing());

  it('that failed and then succeeded is two contacts', () =>
    given(logged, called)
      .when({ type: 'ContactResident', data: { reached: true, channel: 'phone', at } })
      .thenEmits({ type: 'ResidentContacted', data: { reached: true, channel: 'phone', note: null, at } }));

  it('is not for a stranger', () =>
    given(logged, assignedTo(property), acceptedBy(property))
      .when({ type: 'ContactResident', data: { by: contractor.id, reached: true, channel: 'phone', at } })
      .thenRejected('not-the-holder'));
});
