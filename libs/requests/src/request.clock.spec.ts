import { specification } from '#event-sourcing';
import { requestDecider } from './request.decider.js';
import {
  accepted,
  histories,
  paused,
  reopened,
  resolved,
  sampleCommands,
  withdrawn,
} from './request.samples.js';

const given = specification(requestDecider);
const open = ['logged', 'returned', 'assigned', 'accepted', 'reopened'] as const;
const done = ['resolved', 'closed', 'withdrawn', 'excluded'] as const;

describe('the clock', () => {
  it.each(open)('stands still with an approver and a reason while the request is %s', (status) =>
    given(...histories[status])
      .when(sampleCommands.Pause)
      .thenEmits(paused),
  );

  it.each(open)('runs on while the request is %s', (status) =>
    given(...histories[status], paused)
      .when({ type: 'Resume', data: { note: '配件到了' } })
      .thenEmits({ type: 'ClockResumed', data: { note: '配件到了' } }),
  );

  it('paused twice is paused once', () =>
    given(...histories.accepted, paused)
      .when({ type: 'Pause', data: { approver: '李主任', reason: '还在等' } })
      .thenNothing());

  it('that runs need not be told to', () =>
    given(...histories.accepted)
      .when(sampleCommands.Resume)
      .thenNothing());

  it('can be paused again after it ran on', () =>
    given(...histories.accepted, paused, { type: 'ClockResumed', data: { note: null } })
      .when(sampleCommands.Pause)
      .thenEmits(paused));

  it.each(done)('has nothing to pause once the request is %s', (status) =>
    given(...histories[status])
      .when(sampleCommands.Pause)
      .thenRejected(`request-${status}`),
  );

  it.each(done)('has nothing to resume once the request is %s', (status) =>
    given(...histories[status])
      .when(sampleCommands.Resume)
      .thenRejected(`request-${status}`),
  );

  it('is not paused any more when the request comes back', () =>
    given(...histories.accepted, paused, resolved, reopened, accepted)
      .when(sampleCommands.Resume)
      .thenNothing());

  it('ends with the request', () =>
    given(...histories.logged, paused, withdrawn)
      .when(sampleCommands.Pause)
      .thenRejected('request-withdrawn'));
});
