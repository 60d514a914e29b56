import { specification } from '#event-sourcing';
import type { CommandOf } from './request.commands.js';
import { requestDecider } from './request.decider.js';
import type { RequestEvent } from './request.events.js';
import { at, histories } from './request.samples.js';

const given = specification(requestDecider);

type Answer = CommandOf<'RecordCallback'>['data'];
const call = (answer: Omit<Answer, 'at'> & { at?: string }): CommandOf<'RecordCallback'> => ({
  type: 'RecordCallback',
  data: { at, ...answer },
});
type Recorded = Extract<RequestEvent, { type: 'CallbackRecorded' }>['data'];
const recorded = (data: Partial<Recorded>): RequestEvent => ({
  type: 'CallbackRecorded',
  data: { attempt: 1, contacted: true, resolved: 'yes', satisfied: 'yes', note: null, at, ...data },
});
const unreached = recorded({ contacted: false, resolved: null, satisfied: null });
const reopenedByCall = (reason: string): RequestEvent => ({
  type: 'Reopened',
  data: { reason, trigger: 'callback' },
});

describe('calling back', () => {
  it.each(['resolved', 'closed'] as const)('asks the resident once the request is %s', (status) =>
    given(...histories[status])
      .when(call({ contacted: true, resolved: 'partly', satisfied: 'mostly', note: '还差一点' }))
      .thenEmits(recorded({ resolved: 'partly', satisfied: 'mostly', note: '还差一点' })),
  );

  it.each(['logged', 'returned', 'assigned', 'accepted', 'reopened', 'withdrawn', 'excluded'] as const)(
    'is refused while the request is %s',
    (status) =>
      given(...histories[status])
        .when(call({ contacted: true, resolved: 'yes' }))
        .thenRejected(`request-${status}`),
  );

  it('takes silence about satisfaction for “not rated”', () =>
    given(...histories.resolved)
      .when(call({ contacted: true, resolved: 'yes' }))
      .thenEmits(recorded({ satisfied: 'not-rated' })));

  it('records that nobody was reached as its own value', () =>
    given(...histories.resolved)
      .when(call({ contacted: false }))
      .thenEmits(unreached));

  it.each([{ resolved: 'yes' }, { satisfied: 'yes' }, { resolved: 'no', satisfied: 'not-rated' }] as const)(
    'never writes %j for a resident who was not reached',
    (answer) =>
      given(...histories.resolved)
        .when(call({ contacted: false, ...answer }))
        .thenRejected('unreached-resident-cannot-answer'),
  );

  it('wants an answer from a resident who was reached', () =>
    given(...histories.resolved)
      .when(call({ contacted: true, satisfied: 'no' }))
      .thenRejected('callback-needs-answer'));

  it('counts the attempts', () =>
    given(...histories.resolved, unreached)
      .when(call({ contacted: true, resolved: 'yes', satisfied: 'yes' }))
      .thenEmits(recorded({ attempt: 2 })));

  it('twice the same is once', () =>
    given(...histories.resolved, unreached)
      .when(call({ contacted: false }))
      .thenNothing());

  it('with another satisfaction is another answer', () =>
    given(...histories.resolved, recorded({}))
      .when(call({ contacted: true, resolved: 'yes', satisfied: 'no' }))
      .thenEmits(recorded({ attempt: 2, satisfied: 'no' })));

  it('with another note is another answer', () =>
    given(...histories.resolved, recorded({}))
      .when(call({ contacted: true, resolved: 'yes', satisfied: 'yes', note: '谢谢' }))
      .thenEmits(recorded({ attempt: 2, note: '谢谢' })));

  it.each(['resolved', 'closed'] as const)('that hears “no” reopens what was %s', (status) =>
    given(...histories[status])
      .when(call({ contacted: true, resolved: 'no', satisfied: 'no', note: '还在漏水' }))
      .thenEmits(recorded({ resolved: 'no', satisfied: 'no', note: '还在漏水' }), reopenedByCall('还在漏水')),
  );

  it('that hears “no” without a word more says why it reopens', () =>
    given(...histories.resolved)
      .when(call({ contacted: true, resolved: 'no', satisfied: 'no' }))
      .thenEmits(recorded({ resolved: 'no', satisfied: 'no' }), reopenedByCall('callback: not resolved')));

  it('that hears “no” twice in one breath reopens once', () =>
    given(
      ...histories.resolved,
      recorded({ resolved: 'no', satisfied: 'no' }),
      reopenedByCall('callback: not resolved'),
    )
      .when(call({ contacted: true, resolved: 'no', satisfied: 'no' }))
      .thenNothing());
});
