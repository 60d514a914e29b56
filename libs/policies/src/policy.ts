import type { Limit } from '#calendar';

/** What a request is held to: taken by somebody, the resident spoken to, the matter mended. */
export const deadlineKinds = ['acceptance', 'first-contact', 'resolution'] as const;
export type DeadlineKind = (typeof deadlineKinds)[number];

/** How fast a kind of request has to be; `null` where nothing is demanded. */
export type UrgencyClass = {
  /** Short and stable, e.g. `emergency`. */
  code: string;
  name: string;
  /** The categories of requests that belong to it. */
  categories: string[];
  limits: { acceptance: Limit | null; firstContact: Limit | null; resolution: Limit | null };
  /** How long before the end it is warned of, whatever it is that ends. */
  warnBefore: Limit | null;
  /** The same of one kind, where that needs a time of its own. */
  warnings?: { acceptance: Limit | null; firstContact: Limit | null; resolution: Limit | null };
};

export const escalationLevels = ['community', 'street', 'district'] as const;

/** So long after a deadline has passed, the level above is called; `supervise`: it watches from then on (督办). */
export type EscalationStep = {
  kind: DeadlineKind;
  after: Limit;
  to: (typeof escalationLevels)[number];
  supervise: boolean;
};

/** How the rates of a district are made. Hundredths, never fractions: weights sum to 100. */
export type RatePolicy = {
  weights: { response: number; satisfaction: number; resolution: number };
  /** w: what a mostly satisfied resident counts, in hundredths. */
  mostlySatisfied: number;
  windowDays: number;
  /** Below so many valid callbacks, or so many who were asked about the unit's contact, there is no rank. */
  minimumSample: number;
  /** The ids of the units that have a row of their own; absent: all of them. */
  units?: string[] | undefined;
  /** The categories whose requests are in none of the rates; absent: none. */
  exclusions?: string[] | undefined;
};

export const approverRoles = ['coordinator', 'supervisor', 'handler'] as const;
export type ApproverRole = (typeof approverRoles)[number];

export const approvedActions = ['pause', 'exclude', 'return'] as const;
type ApprovedAction = (typeof approvedActions)[number];

/** Who may say yes: of giving work back the unit that holds it, where its word is enough. */
export type Approvals = Record<ApprovedAction, ApproverRole[]>;

/** Whom a policy may name: whoever has no permission could not approve anything. */
export const approvers: Readonly<Record<ApprovedAction, readonly ApproverRole[]>> = {
  pause: ['coordinator', 'supervisor'],
  exclude: ['supervisor'],
  return: ['coordinator', 'supervisor', 'handler'],
};

/** How residents are called back: after so many attempts in vain, within one resolution, she counts as unreachable. */
export type CallbackPolicy = { attempts: number };

export type Policy = {
  classes: UrgencyClass[];
  /** The class of requests whose category none of them names. */
  otherwise: string;
  escalation: EscalationStep[];
  rates: RatePolicy;
  approvals: Approvals;
  callbacks: CallbackPolicy;
};

/** The class of a category (`null`: a request without one). The policy must be one that can be: see `policyFaults`. */
export function classOf(policy: Policy, category: string | null): UrgencyClass {
  const named = policy.classes.find(({ categories }) => category !== null && categories.includes(category));
  return named ?? (policy.classes.find(({ code }) => code === policy.otherwise) as UrgencyClass);
}

/** What a class demands for a kind of deadline. */
export function limitOf({ limits }: UrgencyClass, kind: DeadlineKind): Limit | null {
  return kind === 'first-contact' ? limits.firstContact : limits[kind];
}

/** How long before its end a deadline of a kind is warned of; `null`: it is not. */
export function warnedBefore({ warnings, warnBefore }: UrgencyClass, kind: DeadlineKind): Limit | null {
  return (kind === 'first-contact' ? warnings?.firstContact : warnings?.[kind]) ?? warnBefore;
}

/** A policy field by field, as JSON, always in the same order: what is not named is not stored. */
export const copyPolicy = ({
  classes,
  otherwise,
  escalation,
  rates,
  approvals,
  callbacks,
}: Policy): Policy => ({
  classes: classes.map(({ code, name, categories, limits, warnBefore, warnings }) => ({
    code,
    name,
    categories: [...categories],
    limits: copyLimits(limits),
    warnBefore: copyLimit(warnBefore),
    ...(warnings && { warnings: copyLimits(warnings) }),
  })),
  otherwise,
  escalation: escalation.map(({ kind, after, to, supervise }) => ({
    kind,
    after: { amount: after.amount, unit: after.unit },
    to,
    supervise,
  })),
  rates: {
    weights: {
      response: rates.weights.response,
      satisfaction: rates.weights.satisfaction,
      resolution: rates.weights.resolution,
    },
    mostlySatisfied: rates.mostlySatisfied,
    windowDays: rates.windowDays,
    minimumSample: rates.minimumSample,
    ...(rates.units && { units: [...rates.units] }),
    ...(rates.exclusions && { exclusions: [...rates.exclusions] }),
  },
  approvals: {
    pause: [...approvals.pause],
    exclude: [...approvals.exclude],
    return: [...approvals.return],
  },
  callbacks: { attempts: callbacks.attempts },
});

const copyLimits = ({ acceptance, firstContact, resolution }: UrgencyClass['limits']) => ({
  acceptance: copyLimit(acceptance),
  firstContact: copyLimit(firstContact),
  resolution: copyLimit(resolution),
});

const copyLimit = (limit: Limit | null): Limit | null => limit && { amount: limit.amount, unit: limit.unit };
