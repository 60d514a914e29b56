import type { Handler } from '#requests';
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
  kind: Handler['kind'] | null;
  /** Which of its units it is listed for; 0 where a request is listed once. */
  nth: number;
  logged_at: string;
  why: Reason | null;
  above: boolean;
  as: Kind | null;
};

/** How many there are; `mostly` are those above the line that say so of their satisfaction. */
export type EvidenceCounts = { above: number; mostly: number; within: number; excluded: number };

// Beside the values of `stood`: the unit (null: of all) and the kinds that are not asked for by name, whether it is about the row of the
// unlisted, and the list (null: all).
const ofRow = ({ of, whose }: Measure): string =>
  `${of} and ($7::text is null or (${whose} = $7::text and ${kindOf[whose]} <> all($8::text[])))
    and (not $9::boolean or ${whose} is null or not (${whose} = any($10::text[])))`;
const from = ({ whose }: Measure): string => (whose === 'lead' ? 'stood' : givenTo('stood'));
const kindOf = { lead: 'lead_kind', given_to: 'given_kind' } as const;
// Which of its units a request is listed for: units have names, and a place in a list is told to everybody.
const nthOf = { lead: '0', given_to: 'coalesce(nth, 0)::integer' } as const;

/** In the order in which they were logged, from behind a place ($11, $12, $13) on, so many ($14). */
export const evidence = (by: Basis, measure: Measure): string => `${stood(by)}
  select id, ${measure.whose} as unit, ${kindOf[measure.whose]} as kind, ${nthOf[measure.whose]} as nth, logged_at,
    ${why(measure)} as why, coalesce(${above(measure)}, false) as above, ${asWhat(measure)} as "as"
  from ${from(measure)} where ${ofRow(measure)}
    and ($11::timestamptz is null or (logged_at, id, ${nthOf[measure.whose]}) > ($11::timestamptz, $12::text, $13::integer))
  order by logged_at, id, nth limit $14`;

export const evidenceCounts = (by: Basis, measure: Measure): string => `${stood(by)}
  select (count(*) filter (where ${above(measure)}))::integer as above,
    (count(*) filter (where ${ofKind(measure, 'mostly')}))::integer as mostly,
    (count(*) filter (where ${within(measure)}))::integer as within,
    (count(*) filter (where (${within(measure)}) is not true))::integer as excluded
  from ${from(measure)} where ${ofRow(measure)}`;
