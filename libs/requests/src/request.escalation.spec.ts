import { fold, specification } from '#event-sourcing';
import { requestDecider } from './request.decider.js';
import { countingRules } from './request.rules.js';
import type { Level, RequestEvent, ThirdTime } from './request.events.js';
import {
  accepted,
  assigned,
  histories,
  logged,
  reopened,
  resolved,
  returned,
  sampleCommands,
  withdrawn,
} from './request.samples.js';

const given = specification(requestDecider);

const escalated = (
  from: Level,
  to: Level,
  trigger: 'hand' | ThirdTime = 'hand',
  count?: number,
): RequestEvent => ({
  type: 'Escalated',
  data: {
    from,
    to,
    reason: trigger === 'hand' ? '物业没有人手' : trigger,
    trigger,
    ...(count !== undefined && { count }),
  },
});
const climbed = [
  escalated('station', 'community'),
  escalated('community', 'street'),
  escalated('street', 'district'),
];
const escalate = (to: 'community' | 'street' | 'district') =>
  ({ type: 'Escalate', data: { to, reason: '物业没有人手' } }) as const;

describe('escalating', () => {
  it.each([
    ['station', 'community'],
    ['community', 'street'],
    ['street', 'district'],
  ] as const)('climbs from the %s to the %s', (from, to) => {
    const steps = climbed.findIndex(({ data }) => 'from' in data && data.from === from);
    given(logged, ...climbed.slice(0, steps))
      .when(escalate(to))
      .thenEmits(escalated(from, to));
  });

  it('climbs one level at a time', () =>
    given(logged).when(escalate('street')).thenRejected('one-level-at-a-time'));

  it('does not climb down', () =>
    given(logged, ...climbed)
      .when(escalate('community'))
      .thenRejected('one-level-at-a-time'));

  it('to where the request is already changes nothing', () =>
    given(logged, ...climbed)
      .when(escalate('district'))
      .thenNothing());

  it.each(['returned', 'assigned', 'accepted', 'reopened'] as const)(
    'is possible while the request is %s',
    (status) =>
      given(...histories[status])
        .when(escalate('community'))
        .thenEmits(escalated('station', 'community')),
  );

  it('leaves the request where it is otherwise', () => {
    const { status, holder } = fold(requestDecider, [...histories.accepted, ...climbed]);
    expect([status, holder]).toEqual(['accepted', fold(requestDecider, histories.accepted).holder]);
  });

  it('cannot happen once resolved', () =>
    given(logged, assigned, resolved)
      .when({ type: 'Escalate', data: { to: 'street', reason: 'overdue' } })
      .thenRejected('request-resolved'));

  it.each(['resolved', 'closed', 'withdrawn', 'excluded'] as const)(
    'is refused once the request is %s, even to the level it is at',
    (status) => {
      const [first, ...rest] = histories[status];
      given(first ?? logged, escalated('station', 'community'), ...rest)
        .when(escalate('community'))
        .thenRejected(`request-${status}`);
    },
  );
});

const round = [assigned, returned];
const again = [accepted, resolved, reopened];

describe('the third return', () => {
  const third = { type: 'EscalateByRule', data: { rule: 'third-return', count: 3 } } as const;
  const thrice = [logged, ...round, ...round, ...round];
  const called = escalated('station', 'community', 'third-return', 3);

  it('calls the level above', () =>
    given(...thrice)
      .when(third)
      .thenEmits(called));

  it('calls the level above the one that looks at it already', () =>
    given(...thrice, climbed[0] as RequestEvent)
      .when(third)
      .thenEmits(escalated('community', 'street', 'third-return', 3)));

  it('at the district calls nobody: nobody stands above', () =>
    given(...thrice, ...climbed)
      .when(third)
      .thenNothing());

  it('calls once, and the sixth calls again', () => {
    given(...thrice, called)
      .when(third)
      .thenNothing();
    given(...thrice, called, ...round, ...round, ...round)
      .when({ ...third, data: { ...third.data, count: 6 } })
      .thenEmits(escalated('community', 'street', 'third-return', 6));
  });

  it('calls nobody where it called already in events that do not count', () =>
    given(...thrice, escalated('station', 'community', 'third-return'))
      .when(third)
      .thenNothing());

  it('is looked at even where the matter was mended in the meantime, but not once it is nobody’s', () => {
    given(...thrice, assigned, resolved)
      .when(third)
      .thenEmits(called);
    given(...thrice, withdrawn)
      .when(third)
      .thenRejected('request-withdrawn');
  });

  it('makes the request itself say nothing: rules do', () =>
    given(logged, ...round, ...round, assigned)
      .when(sampleCommands.Return)
      .thenEmits(returned));
});

describe('the third reopening', () => {
  it('calls the level above', () =>
    given(logged, assigned, ...again, ...again, ...again)
      .when({ type: 'EscalateByRule', data: { rule: 'third-reopening', count: 3 } })
      .thenEmits(escalated('station', 'community', 'third-reopening', 3)));
});

describe('the rules that count', () => {
  it('call at the third return and the sixth, and at none in between', () => {
    expect(said([logged, ...Array.from({ length: 7 }, () => round).flat()])).toEqual([
      undefined,
      undefined,
      { rule: 'third-return', count: 3 },
      undefined,
      undefined,
      { rule: 'third-return', count: 6 },
      undefined,
    ]);
  });

  it('count reopenings by hand and by the resident’s no alike', () => {
    const no: RequestEvent = { type: 'Reopened', data: { reason: '没好', trigger: 'callback' } };
    expect(said([logged, assigned, ...again, accepted, resolved, no, ...again])).toEqual([
      undefined,
      undefined,
      { rule: 'third-reopening', count: 3 },
    ]);
  });
});

/** What the rules say at each event that they wait for. */
const said = (history: RequestEvent[]) =>
  history.flatMap((event, index) =>
    countingRules
      .filter(({ on }) => on === event.type)
      .map(({ says }) => says(history.slice(0, index + 1))?.data),
  );
