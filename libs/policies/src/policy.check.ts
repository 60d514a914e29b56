import type { Limit } from '#calendar';
import {
  type Approvals,
  type ApproverRole,
  type EscalationStep,
  type Policy,
  type UrgencyClass,
  approvedActions,
  approvers,
  escalationLevels,
} from './policy.js';

/** What is wrong with one field, e.g. `classes.1.limits.resolution.amount`; `fault` is a stable kebab-case reason. */
export type PolicyFault = { field: string; fault: string };

const longest = 1_000; // of any unit: what takes longer is no deadline
const mostAttempts = 20; // to reach a resident: more is no diligence

/** What makes no sense in a policy; nothing where it can hold. */
export function policyFaults({
  classes,
  otherwise,
  escalation,
  rates,
  approvals,
  callbacks,
}: Policy): PolicyFault[] {
  return [
    ...(classes.length === 0 ? [{ field: 'classes', fault: 'none-given' }] : []),
    ...classes.flatMap((urgency, index) => within(`classes.${index}`, classFaults(urgency))),
    ...repeated(classes.map(({ code }, index) => [`classes.${index}.code`, code])),
    ...repeated(
      classes.flatMap(({ categories }, index) =>
        categories.map((name, at): [string, string] => [`classes.${index}.categories.${at}`, name]),
      ),
    ),
    ...(classes.some(({ code }) => code === otherwise)
      ? []
      : [{ field: 'otherwise', fault: 'no-such-class' }]),
    ...escalation.flatMap(({ after }, index) => within(`escalation.${index}.after`, limitFaults(after, 0))),
    ...escalationOrder(escalation),
    ...within('rates', rateFaults(rates)),
    ...approvedActions.flatMap((action) =>
      within(`approvals.${action}`, approvalFaults(action, approvals[action])),
    ),
    ...(whole(callbacks.attempts, 1, mostAttempts)
      ? []
      : [{ field: 'callbacks.attempts', fault: 'out-of-bounds' }]),
  ];
}

function approvalFaults(action: keyof Approvals, named: ApproverRole[]): PolicyFault[] {
  if (named.length === 0) return [{ field: '', fault: 'none-given' }];
  return named.flatMap((role, index) =>
    approvers[action].includes(role) ? [] : [{ field: `${index}`, fault: 'may-not-approve' }],
  );
}

const limited = ['acceptance', 'firstContact', 'resolution'] as const;

function classFaults({ limits, warnBefore, warnings }: UrgencyClass): PolicyFault[] {
  return [
    ...limited.flatMap((kind) => within(`limits.${kind}`, limitFaults(limits[kind], 1))),
    ...within('warnBefore', limitFaults(warnBefore, 1)),
    ...limited.flatMap((kind) => within(`warnings.${kind}`, warningFaults(warnings?.[kind], limits[kind]))),
  ];
}

// What would be warned of as it begins never is: whoever asks for that by its kind means something else.
function warningFaults(before: Limit | null = null, limit: Limit | null): PolicyFault[] {
  const comparable = (before?.unit === 'working-days') === (limit?.unit === 'working-days');
  const tooLong = before && limit && comparable && !isSooner(before, limit);
  return [...limitFaults(before, 1), ...(tooLong ? [{ field: 'amount', fault: 'not-within-limit' }] : [])];
}

function limitFaults(limit: Limit | null, least: number): PolicyFault[] {
  if (limit === null || whole(limit.amount, least, longest)) return [];
  return [{ field: 'amount', fault: 'out-of-bounds' }];
}

// Whoever is called later stands higher, else the same level is called twice and the next one never; and who stands higher is
// not called sooner, else the level below is never called.
function escalationOrder(steps: EscalationStep[]): PolicyFault[] {
  return steps.flatMap(({ kind, after, to }, index) => {
    const before = steps.slice(0, index).filter((step) => step.kind === kind);
    const last = before.at(-1);
    const climbs = !last || escalationLevels.indexOf(last.to) < escalationLevels.indexOf(to);
    const sooner = before.some((step) => isSooner(after, step.after));
    return [
      ...(climbs ? [] : [{ field: `escalation.${index}.to`, fault: 'does-not-climb' }]),
      ...(sooner ? [{ field: `escalation.${index}.after`, fault: 'sooner-than-before' }] : []),
    ];
  });
}

const minutesOf = { minutes: 1, hours: 60, 'calendar-days': 1_440 } as const;

// How long working days are hangs on the calendar: they are compared with one another, and with no time at all.
function isSooner(one: Limit, other: Limit): boolean {
  if (one.unit === other.unit || one.amount === 0) return one.amount < other.amount;
  if (one.unit === 'working-days' || other.unit === 'working-days') return false;
  return one.amount * minutesOf[one.unit] < other.amount * minutesOf[other.unit];
}

function rateFaults({ weights, mostlySatisfied, windowDays, minimumSample, ...lists }: Policy['rates']) {
  const shares = (['response', 'satisfaction', 'resolution'] as const).map((name) => weights[name]);
  return [
    ...(shares.every((share) => whole(share, 0, 100)) && shares.reduce((sum, share) => sum + share, 0) === 100
      ? []
      : [{ field: 'weights', fault: 'weights-not-100' }]),
    ...(whole(mostlySatisfied, 0, 100) ? [] : [{ field: 'mostlySatisfied', fault: 'out-of-bounds' }]),
    ...(whole(windowDays, 1, 3_660) ? [] : [{ field: 'windowDays', fault: 'out-of-bounds' }]),
    ...(whole(minimumSample, 1, 100_000) ? [] : [{ field: 'minimumSample', fault: 'out-of-bounds' }]),
    ...(['units', 'exclusions'] as const).flatMap((list) => listFaults(list, lists[list])),
  ];
}

// An empty list could say that nobody is on it, or that there is none: what is meant is said by leaving it out.
function listFaults(field: string, names: string[] | undefined): PolicyFault[] {
  if (names?.length === 0) return [{ field, fault: 'none-given' }];
  return repeated((names ?? []).map((name, index) => [`${field}.${index}`, name]));
}

const whole = (number: number, least: number, most: number): boolean =>
  Number.isInteger(number) && number >= least && number <= most;

const within = (place: string, faults: PolicyFault[]): PolicyFault[] =>
  faults.map(({ field, fault }) => ({ field: field === '' ? place : `${place}.${field}`, fault }));

function repeated(named: (readonly [string, string])[]): PolicyFault[] {
  const seen = new Set<string>();
  return named.flatMap(([field, name]) =>
    seen.size === seen.add(name).size ? [{ field, fault: 'named-twice' }] : [],
  );
}
