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

/** What may be asked about: the rates, and of the counts what no rate is made of. */
export const evidenceNames = [...rateNames, 'resolved'] as const;
export type EvidenceName = (typeof evidenceNames)[number];

/** Why a request that belongs to a row is in a rate neither above nor below the line. */
export const reasons = [
  'part',
  'merged',
  'excluded',
  'excluded-by-policy',
  'no-valid-callback',
  'unreachable',
  'not-asked',
  'withdrawn',
  'no-deadline',
  'not-due-in-window',
  'paused',
  'not-due-yet',
  'never-assigned',
  'never-resolved',
  'place-or-category-unknown',
] as const;
export type Reason = (typeof reasons)[number];

/** What is told apart among the requests of a rate; some are figures of their own. */
export const kinds = ['yes', 'partly', 'no', 'mostly', 'not-rated', 'in-time', 'late', 'overdue'] as const;
export type Kind = (typeof kinds)[number];

/** One definition for the number and for its evidence. Conditions are SQL over {@link facts}. */
export type Measure = {
  /** Whose a request is: who leads it, or each one whom it was given to. */
  whose: 'lead' | 'given_to';
  /** What it is asked about; nothing else is listed. */
  of: string;
  /** What is left out of it, and why: the first that holds. */
  leaves: readonly (readonly [Reason, string])[];
  /** What of the rest is above the line. */
  counts: string;
  /** As what it is counted, above or below the line: the one that holds. */
  as?: readonly (readonly [Kind, string])[];
};

// What was asked is counted once: a part with what it was split from, what was merged with what it was merged into.
const beside = [
  ['part', 'part'],
  ['merged', `standing = 'merged'`],
  ['excluded', `standing = 'excluded'`],
  ['excluded-by-policy', 'left_out'],
] as const;
// Who could not be reached has answered nothing: neither yes nor no.
const answered = [
  ...beside,
  ['no-valid-callback', 'contacted is null'],
  ['unreachable', 'not contacted'],
] as const;

const word = (fact: string, words: readonly Kind[]) =>
  words.map((said) => [said, `${fact} = '${said}'`] as const);

export const measures: Record<EvidenceName, Measure> = {
  // Whether our call reached her is no answer; whether the unit had been in touch with her she was not always asked.
  response: {
    whose: 'lead',
    of: 'in_window',
    leaves: [...answered, ['not-asked', 'contacted_by_unit is null']],
    counts: 'contacted_by_unit',
    as: [
      ['yes', 'contacted_by_unit'],
      ['no', 'not contacted_by_unit'],
    ],
  },
  resolution: {
    whose: 'lead',
    of: 'in_window',
    leaves: answered,
    counts: `answer = 'yes'`,
    as: word('answer', ['yes', 'partly', 'no']),
  },
  satisfaction: {
    whose: 'lead',
    of: 'in_window',
    leaves: answered,
    counts: `satisfied in ('yes', 'mostly')`,
    as: word('satisfied', ['yes', 'mostly', 'no', 'not-rated']),
  },
  // Of what was due by the moment of the as-of; what is late and still open is late, what stands still since before it was due is not.
  'on-time': {
    whose: 'lead',
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
    as: [
      ['in-time', 'in_time'],
      ['late', 'not in_time'],
      ['overdue', 'in_time is null'],
    ],
  },
  resolved: {
    whose: 'lead',
    of: 'in_window',
    leaves: beside,
    counts: `standing in ('resolved', 'closed')`,
  },
  // Asked of each unit that was given it: the one that gave it back seldom leads in the end.
  returns: {
    whose: 'given_to',
    of: 'in_window',
    leaves: [...beside, ['never-assigned', 'given_to is null']],
    counts: 'returned',
  },
  reopens: {
    whose: 'lead',
    of: 'in_window',
    leaves: [...beside, ['never-resolved', 'not ever_resolved']],
    counts: 'reopened',
  },
  // The same matter at the same place, asked for again within the window. Residents are not compared.
  repeats: {
    whose: 'lead',
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
  'left_out',
  'contacted',
  'contacted_by_unit',
  'answer',
  'satisfied',
  'has_deadline',
  'paused',
  'not_due_yet',
  'in_time',
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

/** What of it is counted as a kind. */
export const ofKind = (measure: Measure, kind: Kind): string =>
  `${within(measure)} and ${measure.as?.find(([name]) => name === kind)?.[1] ?? 'false'}`;

export const asWhat = (measure: Measure): string => {
  const apart = measure.as ?? [];
  const cases = apart.map(([kind]) => `when ${ofKind(measure, kind)} then '${kind}'`);
  return cases.length > 0 ? `case ${cases.join(' ')} end` : 'null';
};

export const why = ({ leaves }: Measure): string =>
  `case ${leaves.map(([reason, holds]) => `when ${holds} then '${reason}'`).join(' ')} end`;
