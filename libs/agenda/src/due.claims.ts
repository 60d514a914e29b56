import { type Database, tablesOf, transaction } from '#read-store';
import type { StepAhead } from '#requests';
import { dueProjection } from './due.projection.js';
import type { DueRow } from './due.row.js';

/** A request with steps whose time has come: the earliest first, `now` by the database's clock (ISO 8601, UTC). */
export type Claim = { request: string; now: string; steps: StepAhead[] };

type Row = Pick<DueRow, 'id' | 'steps'> & { due_at: string; now: string };
type Place = Pick<Row, 'due_at' | 'id'>;

const atOnce = 10; // in the embedded database all others wait meanwhile

/** Rows that somebody else holds are passed over: they are being seen to. */
const claim = `select id, due_at, steps, now() as now from ${tablesOf(dueProjection).rows}
  where due_at <= now() and (due_at, id) > ($1::timestamptz, $2)
  order by due_at, id limit ${atOnce} for update skip locked`;

/**
 * Gives everything that is due to `take`, once, what has waited longest first. It is held until it is taken: whoever dies
 * lets go of it. Nothing is changed here; a row loses its step when the event comes back through the projection, so what is taken
 * may be given again, to this process or another.
 */
export async function claimDue(database: Database, take: (due: Claim) => Promise<void>): Promise<void> {
  for (let after: Place | undefined = { due_at: '-infinity', id: '' }; after;) {
    after = await claimPage(database, after, take);
  }
}

function claimPage(
  database: Database,
  after: Place,
  take: (due: Claim) => Promise<void>,
): Promise<Place | undefined> {
  return transaction(database, async (connection) => {
    const { rows } = await connection.query<Row>(claim, [after.due_at, after.id]);
    for (const { id, steps, now } of rows) {
      await take({ request: id, now, steps: steps.filter(({ from }) => from <= now) });
    }
    return rows.length < atOnce ? undefined : rows.at(-1);
  });
}
