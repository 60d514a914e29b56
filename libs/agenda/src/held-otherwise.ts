import { type Database, tablesOf } from '#read-store';
import { dueProjection } from './due.projection.js';

/** What holds at a station: by their names, e.g. `default@0`. */
export type Holding = { station: string; policy: string; calendar: string };

/** An open request that is held to something else, and the revision at which it was found to be. */
export type HeldOtherwise = { id: string; revision: string };

const { rows: due } = tablesOf(dueProjection);
const pageSize = 200;

/** The codes of the stations with open requests that have deadlines of ours: one look at the index for each. */
export async function stationsHeld(database: Database): Promise<string[]> {
  const { rows } = await database.query<{ station: string }>(
    `with recursive held as (
       (select station from ${due} where open order by station limit 1)
       union all
       select (select station from ${due} where open and station > held.station order by station limit 1)
       from held where held.station is not null)
     select station from held where station is not null`,
  );
  return rows.map(({ station }) => station);
}

/**
 * Open requests with a deadline that was counted by another policy, with another calendar, or before deadlines had steps. What is
 * counted again meanwhile moves no page: they are read by number.
 */
export async function* heldOtherwise(
  database: Database,
  { station, policy, calendar }: Holding,
): AsyncGenerator<HeldOtherwise> {
  for (let after = ''; ;) {
    const { rows } = await database.query<HeldOtherwise>(
      `select id, revision from ${due}
       where open and station = $1 and id > $4 and exists (
         select from jsonb_path_query(watched, '$.deadlines.*') deadline
         where deadline->'derivation'->>'by' = 'policy'
           and (deadline->>'policyVersion' <> $2 or deadline->>'calendarVersion' <> $3 or not deadline ? 'steps'))
       order by id limit ${pageSize}`,
      [station, policy, calendar, after],
    );
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < pageSize) return;
    after = last.id;
  }
}
