import type { Limit } from '#calendar';
import { fold, specification } from '#event-sourcing';
import { policyFaults } from './policy.check.js';
import { type PolicyCommand, policyDecider } from './policy.decider.js';
import { type PolicyEvent, policyStream } from './policy.events.js';
import { policyInForce } from './policy.in-force.js';
import {
  type EscalationStep,
  type Policy,
  classOf,
  copyPolicy,
  deadlineKinds,
  limitOf,
  warnedBefore,
} from './policy.js';
import { upcastPolicy } from './policy.upcast.js';
import { shippedPolicy } from './shipped.policy.js';

const given = specification(policyDecider);

const today = '2026-11-25';
const stricter: Policy = {
  ...shippedPolicy,
  rates: { ...shippedPolicy.rates, weights: { response: 30, satisfaction: 35, resolution: 35 } },
};
const publish = (data: Partial<PolicyCommand['data']> = {}): PolicyCommand => ({
  type: 'PublishPolicy',
  data: { from: '2027-01-01', today, policy: shippedPolicy, ...data },
});
const published = (version: number, from = '2027-01-01', policy = shippedPolicy): PolicyEvent => ({
  type: 'PolicyPublished',
  data: { version, from, policy, note: null },
});

describe('publishing a policy', () => {
  it('makes the first version', () => given().when(publish()).thenEmits(published(1)));

  it('may let it hold from today on', () =>
    given()
      .when(publish({ from: today }))
      .thenEmits(published(1, today)));

  it('makes another version and leaves the old one as it is', () =>
    given(published(1))
      .when(publish({ version: 2, from: '2027-03-01', policy: stricter }))
      .thenEmits(published(2, '2027-03-01', stricter)));

  it('stores what a policy says and nothing else', () =>
    given()
      .when(publish({ policy: { ...shippedPolicy, mood: 'grey' } as Policy }))
      .thenEmits(published(1)));

  it('twice is once', () =>
    given(published(1))
      .when(publish({ version: 1 }))
      .thenNothing());

  it('twice is once also where no version is named, on a later day and with another note', () => {
    given(published(1)).when(publish()).thenNothing();
    given(published(1), published(2))
      .when(publish({ today: '2027-01-05', note: '再次发布' }))
      .thenNothing();
  });

  it('that does not say what the last version says makes another one, also where the one before said so', () => {
    given(published(1), published(2, '2027-01-01', stricter))
      .when(publish())
      .thenEmits(published(3));
    given(published(1))
      .when(publish({ from: '2027-02-01' }))
      .thenEmits(published(2, '2027-02-01'));
    given(published(1))
      .when(publish({ version: 2 }))
      .thenEmits(published(2));
  });

  it.each([1, 3, 0])('refuses version %i where the next one is 2', (version) =>
    given(published(1))
      .when(publish({ version, policy: stricter }))
      .thenRejected('policy-version-not-next'),
  );

  it('refuses a day that has passed', () =>
    given()
      .when(publish({ from: '2026-11-24' }))
      .thenRejected('policy-from-the-past'));

  it('refuses a day before the last version’s: which of them held would be anybody’s guess', () =>
    given(published(1))
      .when(publish({ from: '2026-12-31', policy: stricter }))
      .thenRejected('policy-before-its-predecessor'));

  it('refuses what makes no sense', () =>
    given()
      .when(publish({ policy: { ...shippedPolicy, otherwise: 'nothing' } }))
      .thenRejected('policy-cannot-hold'));
});

const calling = (to: EscalationStep['to'], amount: number, unit: Limit['unit']): EscalationStep => ({
  kind: 'resolution',
  after: { amount, unit },
  to,
  supervise: false,
});

describe('what makes no sense in a policy', () => {
  const [emergency, ...others] = shippedPolicy.classes as [Policy['classes'][0], ...Policy['classes']];
  const { rates } = shippedPolicy;
  const limits = { ...emergency.limits, resolution: { amount: -2, unit: 'hours' as const } };
  it.each<[string, Partial<Policy>, string]>([
    ['no class at all', { classes: [] }, 'classes none-given, otherwise no-such-class'],
    [
      'a negative limit',
      { classes: [{ ...emergency, limits }, ...others] },
      'classes.0.limits.resolution.amount out-of-bounds',
    ],
    [
      'two classes of one code',
      { classes: [emergency, ...others, { ...emergency, categories: [] }] },
      'classes.4.code named-twice',
    ],
    [
      'a category in two classes',
      { classes: [emergency, { ...others[0]!, categories: ['消防安全'] }, ...others.slice(1)] },
      'classes.1.categories.0 named-twice',
    ],
    [
      'a warning no later than the beginning',
      { classes: [{ ...emergency, warnings: { ...emergency.limits, resolution: null } }, ...others] },
      'classes.0.warnings.acceptance.amount not-within-limit, classes.0.warnings.firstContact.amount not-within-limit',
    ],
    ['a default class that there is not', { otherwise: 'calm' }, 'otherwise no-such-class'],
    [
      'weights that do not sum to 100',
      { rates: { ...rates, weights: { ...rates.weights, response: 11 } } },
      'rates.weights weights-not-100',
    ],
    [
      'weights in fractions',
      { rates: { ...rates, weights: { response: 10.5, satisfaction: 39.5, resolution: 50 } } },
      'rates.weights weights-not-100',
    ],
    [
      'more than satisfied',
      { rates: { ...rates, mostlySatisfied: 101 } },
      'rates.mostlySatisfied out-of-bounds',
    ],
    ['a list of no units', { rates: { ...rates, units: [] } }, 'rates.units none-given'],
    [
      'a category left out twice',
      { rates: { ...rates, exclusions: ['道路', '道路'] } },
      'rates.exclusions.1 named-twice',
    ],
    ['a sample of nobody', { rates: { ...rates, minimumSample: 0 } }, 'rates.minimumSample out-of-bounds'],
    [
      'an escalation that calls the same level twice',
      { escalation: [shippedPolicy.escalation[1]!, shippedPolicy.escalation[1]!] },
      'escalation.1.to does-not-climb',
    ],
    [
      'an escalation that calls the higher level first, and the lower one never',
      { escalation: [calling('community', 3, 'calendar-days'), calling('street', 24, 'hours')] },
      'escalation.1.after sooner-than-before',
    ],
    [
      'an escalation that calls at once whom it should call later',
      { escalation: [calling('community', 1, 'working-days'), calling('street', 0, 'minutes')] },
      'escalation.1.after sooner-than-before',
    ],
    [
      'an escalation sooner than a step before the last',
      {
        escalation: [
          calling('community', 3, 'working-days'),
          calling('street', 5, 'calendar-days'),
          calling('district', 2, 'working-days'),
        ],
      },
      'escalation.2.after sooner-than-before',
    ],
    [
      'nobody who approves',
      { approvals: { ...shippedPolicy.approvals, pause: [] } },
      'approvals.pause none-given',
    ],
    [
      'an approval of those who may not approve',
      { approvals: { pause: ['handler'], exclude: ['supervisor', 'coordinator'], return: ['handler'] } },
      'approvals.pause.0 may-not-approve, approvals.exclude.1 may-not-approve',
    ],
    ['callbacks that nobody makes', { callbacks: { attempts: 0 } }, 'callbacks.attempts out-of-bounds'],
    ['a resident called every day', { callbacks: { attempts: 21 } }, 'callbacks.attempts out-of-bounds'],
  ])('is %s', (_, wrong, faults) => {
    const found = policyFaults({ ...shippedPolicy, ...wrong });
    expect(found.map(({ field, fault }) => `${field} ${fault}`).join(', ')).toBe(faults);
  });

  it('is not in steps at one time, of several kinds, or which no calendar puts in one order', () => {
    const escalation = [
      calling('community', 60, 'minutes'),
      calling('street', 1, 'hours'),
      { ...calling('community', 0, 'minutes'), kind: 'acceptance' as const },
      calling('district', 1, 'working-days'),
    ];
    expect(policyFaults({ ...shippedPolicy, escalation })).toEqual([]);
  });

  it('is not in the one that comes with the program', () => expect(policyFaults(shippedPolicy)).toEqual([]));
});

describe('the policy in force', () => {
  const own = {
    code: '海淀区',
    ...fold(policyDecider, [published(1), published(2, '2027-03-01', stricter)]),
  };
  const standard = fold(policyDecider, [published(1, '2026-12-01')]);
  const none = policyDecider.initialState;

  it.each([
    ['2026-11-30', 'default@0'],
    ['2026-12-31', 'default@1'],
    ['2027-01-01', '海淀区@1'],
    ['2027-02-28', '海淀区@1'],
    ['2027-03-01', '海淀区@2'],
  ])('on %s is %s', (day, name) => expect(policyInForce(own, standard, day).name).toBe(name));

  it('is the one that comes with the program where nothing was published', () =>
    expect(policyInForce({ code: '海淀区', ...none }, none, '2030-01-01')).toEqual({
      name: 'default@0',
      policy: shippedPolicy,
    }));

  it('of two from the same day is the later one', () => {
    const twice = fold(policyDecider, [published(1), published(2)]);
    expect(policyInForce({ code: '海淀区', ...twice }, none, '2027-01-01').name).toBe('海淀区@2');
  });
});

describe('the class of a request', () => {
  it.each([
    ['燃气泄漏', 'emergency', 2],
    ['停水', 'utilities', 24],
    ['加装电梯', 'complex', 15],
    ['扫雪除冰', 'general', 7],
    [null, 'general', 7],
  ])('about %s is %s', (category, code, amount) => {
    const urgency = classOf(shippedPolicy, category);
    expect([urgency.code, limitOf(urgency, 'resolution')?.amount]).toEqual([code, amount]);
  });
});

describe('when a deadline is warned of', () => {
  const within = { amount: 2, unit: 'hours' as const };
  const [urgency] = [{ ...shippedPolicy.classes[0]!, warnBefore: within }];
  const { warnings: _, ...asBefore } = urgency;

  it('is said for all kinds at once, or for one of them', () => {
    const warnings = {
      acceptance: { amount: 30, unit: 'minutes' as const },
      firstContact: null,
      resolution: null,
    };
    expect(deadlineKinds.map((kind) => warnedBefore(asBefore, kind))).toEqual([within, within, within]);
    expect(deadlineKinds.map((kind) => warnedBefore({ ...asBefore, warnings }, kind))).toEqual([
      warnings.acceptance,
      within,
      within,
    ]);
  });

  it('stays as it was published where kinds were not told apart', () => {
    const policy = { ...shippedPolicy, classes: [asBefore], otherwise: asBefore.code };
    expect(copyPolicy(policy)).toEqual(policy);
    given(published(1, '2027-01-01', policy))
      .when(publish({ version: 1, policy }))
      .thenNothing();
  });
});

describe('policies stored with schema 1 or 2', () => {
  const everybody = ['coordinator', 'supervisor', 'handler'];

  it('are read with the three callbacks that there were then, and returns that needed nobody’s word', () => {
    const data = {
      version: 1,
      from: '2027-01-01',
      policy: {
        classes: [
          {
            code: 'general',
            name: '一般',
            categories: [],
            limits: {
              acceptance: null,
              firstContact: { amount: 24, unit: 'hours' },
              resolution: { amount: 7, unit: 'working-days' },
            },
            warnBefore: null,
          },
        ],
        otherwise: 'general',
        escalation: [
          { kind: 'resolution', after: { amount: 0, unit: 'minutes' }, to: 'community', supervise: false },
        ],
        rates: {
          weights: { response: 10, satisfaction: 40, resolution: 50 },
          mostlySatisfied: 90,
          windowDays: 30,
          minimumSample: 5,
        },
        approvals: { pause: ['coordinator'], exclude: ['supervisor'] },
      },
      note: null,
    };
    expect(upcastPolicy({ type: 'PolicyPublished', data, schema: 1 })).toEqual({
      type: 'PolicyPublished',
      data: {
        ...data,
        policy: {
          ...data.policy,
          approvals: { pause: ['coordinator'], exclude: ['supervisor'], return: everybody },
          callbacks: { attempts: 3 },
        },
      },
    });
    const five = { ...data, policy: { ...data.policy, callbacks: { attempts: 5 } } };
    expect(upcastPolicy({ type: 'PolicyPublished', data: five, schema: 2 })).toMatchObject({
      data: { policy: { approvals: { return: everybody }, callbacks: { attempts: 5 } } },
    });
  });

  it('said again with today’s words are the same', () => {
    const { callbacks: _, ...old } = shippedPolicy;
    const approvals = { pause: old.approvals.pause, exclude: old.approvals.exclude };
    const data = { version: 1, from: '2027-01-01', policy: { ...old, approvals }, note: null };
    const stored = upcastPolicy({ type: 'PolicyPublished', data, schema: 1 }) as PolicyEvent;
    given(stored)
      .when(publish({ version: 1 }))
      .thenNothing();
  });

  it('or with schema 2 have no lists, and said again without them are the same', () => {
    const data = { version: 1, from: '2027-01-01', policy: shippedPolicy, note: null };
    const stored = upcastPolicy({ type: 'PolicyPublished', data, schema: 2 }) as PolicyEvent;
    expect(stored.data).toEqual(data);
    given(stored)
      .when(publish({ version: 1 }))
      .thenNothing();
    const listed = {
      ...shippedPolicy,
      rates: { ...shippedPolicy.rates, units: ['wuye'], exclusions: ['道路'] },
    };
    given(stored)
      .when(publish({ version: 2, policy: listed }))
      .thenEmits(published(2, '2027-01-01', listed));
  });

  it('live in a stream of their own', () => expect(policyStream('海淀区')).toBe('policy-海淀区'));
});
