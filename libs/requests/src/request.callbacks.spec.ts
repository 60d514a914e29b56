import { shippedCalendar } from '#calendar';
import { specification } from '#event-sourcing';
import { shippedPolicy } from '#policies';
import type { CommandOf } from './request.commands.js';
import { requestDecider } from './request.decider.js';
import type { Terms } from './request.deadlines.js';
import type { RequestEvent } from './request.events.js';
import { at, histories, logged, other, assigned, accepted, resolved, tookIn } from './request.samples.js';

const given = specification(requestDecider);

type Answer = CommandOf<'RecordCallback'>['data'];
const call = (answer: Omit<Answer, 'at'> & { at?: string }): CommandOf<'RecordCallback'> => ({
  type: 'RecordCallback',
  data: { at, ...answer },
});
type Recorded = Extract<RequestEvent, { type: 'CallbackRecorded' }>['data'];
const recorded = ({
  attempt = 1,
  contacted = true,
  contactedByUnit,
  ...data
}: Partial<Recorded>): RequestEvent => ({
  type: 'CallbackRecorded',
  data: {
    attempt,
    contacted,
    ...(contactedByUnit !== undefined && { contactedByUnit }),
    resolved: 'yes',
    satisfied: 'yes',
    note: null,
    at,
    ...data,
  },
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

  it.each([true, false])('keeps what she says of the unit (%s) apart from whether we reached her', (heard) =>
    given(...histories.resolved)
      .when(call({ contacted: true, contactedByUnit: heard, resolved: 'yes', satisfied: 'yes' }))
      .thenEmits(recorded({ contactedByUnit: heard })),
  );

  it('with another word about the unit is another answer, with the same one it is said twice', () => {
    const before = [...histories.resolved, recorded({ contactedByUnit: false })];
    given(...before)
      .when(call({ contacted: true, contactedByUnit: true, resolved: 'yes', satisfied: 'yes' }))
      .thenEmits(recorded({ attempt: 2, contactedByUnit: true }));
    given(...before)
      .when(call({ contacted: true, contactedByUnit: false, resolved: 'yes', satisfied: 'yes' }))
      .thenNothing();
  });

  it('takes silence about satisfaction for “not rated”', () =>
    given(...histories.resolved)
      .when(call({ contacted: true, resolved: 'yes' }))
      .thenEmits(recorded({ satisfied: 'not-rated' })));

  it('records that nobody was reached as its own value', () =>
    given(...histories.resolved)
      .when(call({ contacted: false }))
      .thenEmits(unreached));

  it.each([
    { contactedByUnit: false },
    { resolved: 'yes' },
    { satisfied: 'yes' },
    { resolved: 'no', satisfied: 'not-rated' },
  ] as const)('never writes %j for a resident who was not reached', (answer) =>
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
      .thenEmits(recorded({ resolved: 'no', satisfied: 'no' }), reopenedByCall('居民回访时表示未解决')));

  it('that hears “no” twice in one breath reopens once', () =>
    given(
      ...histories.resolved,
      recorded({ resolved: 'no', satisfied: 'no' }),
      reopenedByCall('居民回访时表示未解决'),
    )
      .when(call({ contacted: true, resolved: 'no', satisfied: 'no' }))
      .thenNothing());
});

const trying = (attempts: number): Terms => ({
  at,
  policy: { name: '海淀区@1', policy: { ...shippedPolicy, callbacks: { attempts } } },
  calendar: shippedCalendar,
});
const givenUp = (attempts: number, caller: string | null = null): RequestEvent => ({
  type: 'ResidentUnreachable',
  data: { attempts, caller },
});

describe('a resident who cannot be reached', () => {
  const second = { ...unreached, data: { ...unreached.data, attempt: 2 } } as RequestEvent;
  const third = { ...unreached, data: { ...unreached.data, attempt: 3 } } as RequestEvent;
  const later = '2026-11-23T01:30:00.000Z';

  it('is unreachable after three attempts, which is no answer of hers', () =>
    given(...histories.resolved, unreached, second)
      .when(call({ contacted: false, note: '无人接听' }))
      .thenEmits(
        recorded({ attempt: 3, contacted: false, resolved: null, satisfied: null, note: '无人接听' }),
        givenUp(3),
      ));

  it('is unreachable after as many as the policy says', () => {
    given(...histories.resolved)
      .when({ ...call({ contacted: false }), terms: trying(1) })
      .thenEmits(unreached, givenUp(1));
    given(...histories.resolved, unreached, second)
      .when({ ...call({ contacted: false, at: later }), terms: trying(4) })
      .thenEmits(recorded({ attempt: 3, contacted: false, resolved: null, satisfied: null, at: later }));
  });

  it('is given up with the next call where the policy asks for fewer by then', () =>
    given(...histories.resolved, unreached, second)
      .when({ ...call({ contacted: false, at: later }), terms: trying(2) })
      .thenEmits(
        recorded({ attempt: 3, contacted: false, resolved: null, satisfied: null, at: later }),
        givenUp(3),
      ));

  it('is given up once', () =>
    given(...histories.resolved, unreached, second, third, givenUp(3))
      .when(call({ contacted: false, at: later }))
      .thenEmits(recorded({ attempt: 4, contacted: false, resolved: null, satisfied: null, at: later })));

  it('may answer all the same when she calls back', () =>
    given(...histories.resolved, unreached, second, third, givenUp(3))
      .when(call({ contacted: true, resolved: 'yes', satisfied: 'yes' }))
      .thenEmits(recorded({ attempt: 4 })));

  it('is not given up once she has answered, however often she is called in vain', () => {
    const answered = recorded({ attempt: 3 });
    const fourth = { ...unreached, data: { ...unreached.data, attempt: 4 } } as RequestEvent;
    given(...histories.resolved, unreached, second, answered)
      .when(call({ contacted: false, at: later }))
      .thenEmits(recorded({ attempt: 4, contacted: false, resolved: null, satisfied: null, at: later }));
    given(...histories.resolved, unreached, second, answered, fourth)
      .when({ ...call({ contacted: false, at: later }), terms: trying(1) })
      .thenEmits(recorded({ attempt: 5, contacted: false, resolved: null, satisfied: null, at: later }));
  });

  it('may be given up after the next resolution, whatever she has answered before', () =>
    given(...histories.resolved, recorded({}), reopenedByCall('又结冰了'), resolved)
      .when({ ...call({ contacted: false, at: later }), terms: trying(1) })
      .thenEmits(
        recorded({ attempt: 2, contacted: false, resolved: null, satisfied: null, at: later }),
        givenUp(1),
      ));

  it('is called anew after the next resolution', () =>
    given(...histories.resolved, unreached, second, reopenedByCall('又结冰了'), resolved)
      .when(call({ contacted: false, at: later }))
      .thenEmits(recorded({ attempt: 3, contacted: false, resolved: null, satisfied: null, at: later })));
});

describe('calling back for a request that was merged', () => {
  const both = [logged, tookIn, assigned, accepted, resolved];

  it('asks its own resident, with attempts of her own', () =>
    given(...both, recorded({}))
      .when(call({ contacted: true, resolved: 'yes', satisfied: 'yes', caller: other }))
      .thenEmits(recorded({ attempt: 1, caller: other })));

  it('goes on counting where her own request had come to', () =>
    given(logged, { ...tookIn, data: { ...tookIn.data, callbacks: 2 } } as RequestEvent, ...both.slice(2))
      .when(call({ contacted: false, caller: other }))
      .thenEmits({ ...unreached, data: { ...unreached.data, attempt: 3, caller: other } } as RequestEvent));

  it('gives her up though the other one has answered', () =>
    given(...both, recorded({}))
      .when({ ...call({ contacted: false, caller: other }), terms: trying(1) })
      .thenEmits(
        { ...unreached, data: { ...unreached.data, caller: other } } as RequestEvent,
        givenUp(1, other),
      ));

  it('reopens for her as well', () =>
    given(...both)
      .when(call({ contacted: true, resolved: 'no', satisfied: 'no', caller: other }))
      .thenEmits(
        recorded({ resolved: 'no', satisfied: 'no', caller: other }),
        reopenedByCall('居民回访时表示未解决'),
      ));

  it('is refused for one that was not merged into it', () =>
    given(...histories.resolved)
      .when(call({ contacted: false, caller: other }))
      .thenRejected('unknown-caller'));
});
