import type { Basis } from '../statistics/statistics.cells.js';
import { type Measure, type Reason, above, why, within } from './rates.measures.js';
import { stood } from './rates.statement.js';

/** A request that a rate asks about: above its line, below it, or left out of it and why. */
export type EvidenceRow = {
  id: string;
  logged_at: string;
  why: Reason | null;
  above: boolean;
  mostly: boolean;
};

/** How many there are; of those above the line `mostly` are mostly satisfied. */
export type EvidenceCounts = { above: number; mostly: number; within: number; excluded: number };

// Beside the values of `stood`: the unit (null: of all), and whether it is about what nobody leads.
const ofRow = ({ of }: Measure): string =>
  `${of} and ($6::text is null or lead = $6::text) and (lead is null or not $7::boolean)`;

const mostly = `coalesce(satisfied = 'mostly', false)`;

/** In the order in which they were logged, from behind a place ($8, $9) on, so many ($10). */
export const evidence = (by: Basis, measure: Measure): string => `${stood(by)}
  select id, logged_at, ${why(measure)} as why, coalesce(${above(measure)}, false) as above, ${mostly} as mostly
  from stood where ${ofRow(measure)}
    and ($8::timestamptz is null or (logged_at, id) > ($8::timestamptz, $9::text))
  order by logged_at, id limit $10`;

export const evidenceCounts = (by: Basis, measure: Measure): string => `${stood(by)}
  select (count(*) filter (where ${above(measure)}))::integer as above,
    (count(*) filter (where ${above(measure)} and ${mostly}))::integer as mostly,
    (count(*) filter (where ${within(measure)}))::integer as within,
    (count(*) filter (where (${within(measure)}) is not true))::integer as excluded
  from stood where ${ofRow(measure)}`;
