import { type Connection, prepared } from '#read-store';
import type { Runs, RunsMemory } from './runs.memory.js';

/** Cells of one member of a part, as `<grain>:<start>:<bytes of responses>:<bytes of resolutions>` with spaces between. */
export type Parted = { part: string; member: string; told: string };

/** Writes the `told` of {@link Parted}: lengths are known without reading the lists. */
export const toldOf =
  "concat_ws(':', grain, start::text, octet_length(responses), octet_length(resolutions))";

type Cell = { key: string; part: string; member: string; grain: string; start: string };
type Lists = Omit<Cell, 'key'> & { responses: string; resolutions: string };

/**
 * The runs of all these cells, member by member. Only the lists that are not remembered are read, in one statement on the
 * connection that told of them: it must see what it saw then.
 */
export async function runsOf(
  memory: RunsMemory,
  {
    connection,
    table,
    basis,
    district,
  }: { connection: Connection; table: string; basis: string; district: string },
  members: readonly Parted[],
): Promise<Runs[][]> {
  const keyOf = ({ part, member, grain, start }: Omit<Cell, 'key'>): string =>
    JSON.stringify([basis, district, part, grain, start, member]);
  const unread: Cell[] = [];
  const found = new Map<string, Runs>();
  const keys = members.map(({ part, member, told }) =>
    told.split(' ').map((text) => {
      const [grain = '', start = '', responses, resolutions] = text.split(':');
      const cell = { part, member, grain, start };
      const key = keyOf(cell);
      const runs = memory.of({ key, responses: Number(responses), resolutions: Number(resolutions) });
      if (runs) found.set(key, runs);
      else unread.push({ key, ...cell });
      return key;
    }),
  );
  if (unread.length > 0) {
    const column = (name: keyof Cell) => unread.map((cell) => cell[name]);
    const { rows } = await connection.query<Lists>(
      prepared(
        `select part, member, grain, start::text as start, responses, resolutions
       from unnest($3::text[], $4::text[], $5::text[], $6::date[]) as wanted (part, member, grain, start)
         join ${table} using (part, member, grain, start) where basis = $1 and district = $2`,
        [basis, district, column('part'), column('member'), column('grain'), column('start')],
      ),
    );
    for (const row of rows) found.set(keyOf(row), memory.read(keyOf(row), row));
  }
  return keys.map((of) => of.flatMap((key) => found.get(key) ?? []));
}
