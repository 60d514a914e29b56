import { specification } from '#event-sourcing';
import { requestDecider } from './request.decider.js';
import { excluded, histories, sampleCommands, withdrawn } from './request.samples.js';

const given = specification(requestDecider);
const open = ['logged', 'returned', 'assigned', 'accepted', 'reopened'] as const;

describe('withdrawing', () => {
  it.each(open)('ends a request that is %s, with a reason', (status) =>
    given(...histories[status])
      .when(sampleCommands.Withdraw)
      .thenEmits(withdrawn),
  );

  it('twice is once', () =>
    given(...histories.withdrawn)
      .when({ type: 'Withdraw', data: { reason: '另一个理由' } })
      .thenNothing());

  it.each(['resolved', 'closed', 'excluded'] as const)('is refused once the request is %s', (status) =>
    given(...histories[status])
      .when(sampleCommands.Withdraw)
      .thenRejected(`request-${status}`),
  );
});

describe('excluding from the rates', () => {
  it.each([...open, 'resolved', 'closed'] as const)(
    'takes an approver and a reason while the request is %s',
    (status) =>
      given(...histories[status])
        .when(sampleCommands.Exclude)
        .thenEmits(excluded),
  );

  it('twice is once', () =>
    given(...histories.excluded)
      .when({ type: 'Exclude', data: { approver: '李主任', reason: '另一个理由' } })
      .thenNothing());

  it('is refused for a withdrawn request', () =>
    given(...histories.withdrawn)
      .when(sampleCommands.Exclude)
      .thenRejected('request-withdrawn'));
});
