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
import { stood } from './rates.statement.js';

/** A request that a rate asks about: above its line, below it, or left out of it and why. */
export type EvidenceRow = {
  id: string;
  logged_at: string;
  why: Reason | null;
  above: boolean;
  as: Kind | null;
};

/** How many there are; `mostly` are those above the line that say so of their satisfaction. */
export type EvidenceCounts = { above: number; mostly: number; within: number; excluded: number };

// Beside the values of `stood`: the unit (null: of all) and the kinds that are not asked for by name, and whether it is about what
// nobody leads.
const ofRow = ({ of }: Measure): string =>
  `${of} and ($6::text is null or (lead = $6::text and lead_kind <> all($7::text[])))
    and (lead is null or not $8::boolean)`;

/** In the order in which they were logged, from behind a place ($9, $10) on, so many ($11). */
export const evidence = (by: Basis, measure: Measure): string => `${stood(by)}
  select id, logged_at, ${why(measure)} as why, coalesce(${above(measure)}, false) as above,
    ${asWhat(measure)} as "as"
  from stood where ${ofRow(measure)}
    and ($9::timestamptz is null or (logged_at, id) > ($9::timestamptz, $10::text))
  order by logged_at, id limit $11`;

export const evidenceCounts = (by: Basis, measure: Measure): string => `${stood(by)}
  select (count(*) filter (where ${above(measure)}))::integer as above,
    (count(*) filter (where ${ofKind(measure, 'mostly')}))::integer as mostly,
    (count(*) filter (where ${within(measure)}))::integer as within,
    (count(*) filter (where (${within(measure)}) is not true))::integer as excluded
  from stood where ${ofRow(measure)}`;
