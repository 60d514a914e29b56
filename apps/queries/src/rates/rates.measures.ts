/** The rates by name, as `…/evidence?rate=` asks for them. */
export const rateNames = [
  'response',
  'resolution',
  'satisfaction',
  'on-time',
  'returns',
  'reopens',
  'repeats',
] as const;
export type RateName = (typeof rateNames)[number];

/** Why a request that belongs to a row is in a rate neither above nor below the line. */
export const reasons = [
  'part',
  'merged',
  'excluded',
  'no-valid-callback',
  'withdrawn',
  'no-deadline',
  'not-due-in-window',
  'paused',
  'not-due-yet',
  'never-resolved',
  'place-or-category-unknown',
] as const;
export type Reason = (typeof reasons)[number];

/** One definition for the number and for its evidence. Conditions are SQL over {@link facts}. */
export type Measure = {
  /** What it is asked about; nothing else is listed. */
  of: string;
  /** What is left out of it, and why: the first that holds. */
  leaves: readonly (readonly [Reason, string])[];
  /** What of the rest is above the line. */
  counts: string;
};

// What was asked is counted once: a part with what it was split from, what was merged with what it was merged into.
const beside = [
  ['part', 'part'],
  ['merged', `standing = 'merged'`],
  ['excluded', `standing = 'excluded'`],
] as const;
const answered = [...beside, ['no-valid-callback', 'contacted is null']] as const;

export const measures: Record<RateName, Measure> = {
  response: { of: 'in_window', leaves: answered, counts: 'contacted' },
  resolution: { of: 'in_window', leaves: answered, counts: `answer = 'yes'` },
  satisfaction: { of: 'in_window', leaves: answered, counts: `satisfied in ('yes', 'mostly')` },
  // Of what was due by the moment of the as-of; what is late and still open is late, what stands still is not.
  'on-time': {
    of: '(in_window or due_in_window)',
    leaves: [
      ...beside,
      ['withdrawn', `standing = 'withdrawn'`],
      ['no-deadline', 'not has_deadline'],
      ['not-due-in-window', 'not due_in_window'],
      ['paused', 'paused'],
      ['not-due-yet', 'not_due_yet'],
    ],
    counts: 'in_time',
  },
  returns: { of: 'in_window', leaves: beside, counts: 'returned' },
  reopens: {
    of: 'in_window',
    leaves: [...beside, ['never-resolved', 'not ever_resolved']],
    counts: 'reopened',
  },
  // The same matter at the same place, asked for again within the window. Residents are not compared.
  repeats: {
    of: 'in_window',
    leaves: [...beside, ['place-or-category-unknown', 'not has_matter']],
    counts: 'again',
  },
};

/** All that a condition may look at: of many requests few are told apart by them. */
export const facts = [
  'in_window',
  'due_in_window',
  'part',
  'standing',
  'contacted',
  'answer',
  'satisfied',
  'has_deadline',
  'paused',
  'not_due_yet',
  'in_time',
  'returned',
  'ever_resolved',
  'reopened',
  'has_matter',
  'again',
] as const;

/** Below the line. */
export const within = ({ of, leaves }: Measure): string =>
  `${of} and (${leaves.map(([, holds]) => holds).join(' or ')}) is not true`;

/** Above it. */
export const above = (measure: Measure): string => `${within(measure)} and ${measure.counts}`;

export const why = ({ leaves }: Measure): string =>
  `case ${leaves.map(([reason, holds]) => `when ${holds} then '${reason}'`).join(' ')} end`;
