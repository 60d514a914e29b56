import type { Basis } from '../statistics/statistics.cells.js';
import {
  type Kind,
  type Measure,
  type Reason,
  above,
  asWhat,
  ofKind,
  why,
  within,
} from './rates.measures.js';
import { givenTo, stood } from './rates.statement.js';

/** A request that a rate asks about: above its line, below it, or left out of it and why. */
export type EvidenceRow = {
  id: string;
  unit: string | null;
  logged_at: string;
  why: Reason | null;
  above: boolean;
  as: Kind | null;
};

/** How many there are; `mostly` are those above the line that say so of their satisfaction. */
export type EvidenceCounts = { above: number; mostly: number; within: number; excluded: number };

// Beside the values of `stood`: the unit (null: of all), whether it is about the row of the unlisted, and the list (null: all).
const ofRow = ({ of, whose }: Measure): string =>
  `${of} and ($7::text is null or ${whose} = $7::text)
    and (not $8::boolean or ${whose} is null or not (${whose} = any($9::text[])))`;
const from = ({ whose }: Measure): string => (whose === 'lead' ? 'stood' : givenTo('stood'));
const unitOf = ({ whose }: Measure): string => `coalesce(${whose}, '') collate "C"`;

/** In the order in which they were logged, from behind a place ($10, $11, $12) on, so many ($13). */
export const evidence = (by: Basis, measure: Measure): string => `${stood(by)}
  select id, ${measure.whose} as unit, logged_at, ${why(measure)} as why, coalesce(${above(measure)}, false) as above,
    ${asWhat(measure)} as "as"
  from ${from(measure)} where ${ofRow(measure)}
    and ($10::timestamptz is null or (logged_at, id, ${unitOf(measure)}) > ($10::timestamptz, $11::text, $12::text))
  order by logged_at, id, ${unitOf(measure)} limit $13`;

export const evidenceCounts = (by: Basis, measure: Measure): string => `${stood(by)}
  select (count(*) filter (where ${above(measure)}))::integer as above,
    (count(*) filter (where ${ofKind(measure, 'mostly')}))::integer as mostly,
    (count(*) filter (where ${within(measure)}))::integer as within,
    (count(*) filter (where (${within(measure)}) is not true))::integer as excluded
  from ${from(measure)} where ${ofRow(measure)}`;
