import { fold, specification } from '#event-sourcing';
import { requestDecider } from './request.decider.js';
import type { Level, RequestEvent } from './request.events.js';
import {
  accepted,
  assigned,
  at,
  histories,
  logged,
  reopened,
  resolved,
  returned,
  sampleCommands,
} from './request.samples.js';

const given = specification(requestDecider);

const escalated = (
  from: Level,
  to: Level,
  trigger: 'hand' | 'third-return' | 'third-reopening' = 'hand',
): RequestEvent => ({
  type: 'Escalated',
  data: { from, to, reason: trigger === 'hand' ? '物业没有人手' : trigger, trigger },
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

describe('the third return', () => {
  const round = [assigned, returned];
  const twice = [logged, ...round, ...round, assigned];

  it('calls the level above', () =>
    given(...twice)
      .when(sampleCommands.Return)
      .thenEmits(returned, escalated('station', 'community', 'third-return')));

  it('calls the level above the one that looks at it already', () =>
    given(...twice, climbed[0] as RequestEvent)
      .when(sampleCommands.Return)
      .thenEmits(returned, escalated('community', 'street', 'third-return')));

  it('at the district calls nobody: nobody stands above', () =>
    given(...twice, ...climbed)
      .when(sampleCommands.Return)
      .thenEmits(returned));

  it('comes after a second that calls nobody', () =>
    given(logged, ...round, assigned)
      .when(sampleCommands.Return)
      .thenEmits(returned));

  it('is followed by a fourth that calls nobody, and a sixth that does', () => {
    const thrice = [...twice, returned, escalated('station', 'community', 'third-return')];
    given(...thrice, assigned)
      .when(sampleCommands.Return)
      .thenEmits(returned);
    given(...thrice, ...round, ...round, assigned)
      .when(sampleCommands.Return)
      .thenEmits(returned, escalated('community', 'street', 'third-return'));
  });
});

describe('the third reopening', () => {
  const again = [accepted, resolved];
  const twice = [...histories.resolved, reopened, ...again, reopened, ...again];

  it('calls the level above', () =>
    given(...twice)
      .when(sampleCommands.Reopen)
      .thenEmits(reopened, escalated('station', 'community', 'third-reopening')));

  it('calls the level above when the resident says no, too', () =>
    given(...twice)
      .when({ type: 'RecordCallback', data: { contacted: true, resolved: 'no', at } })
      .thenEmits(
        {
          type: 'CallbackRecorded',
          data: { attempt: 1, contacted: true, resolved: 'no', satisfied: 'not-rated', note: null, at },
        },
        { type: 'Reopened', data: { reason: 'callback: not resolved', trigger: 'callback' } },
        escalated('station', 'community', 'third-reopening'),
      ));

  it('at the district calls nobody', () =>
    given(...twice.slice(0, 3), ...climbed, ...twice.slice(3))
      .when(sampleCommands.Reopen)
      .thenEmits(reopened));

  it('comes after a second that calls nobody', () =>
    given(...histories.resolved, reopened, ...again)
      .when(sampleCommands.Reopen)
      .thenEmits(reopened));
});
