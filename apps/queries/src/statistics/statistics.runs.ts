import { type Connection, prepared } from '#read-store';
import type { Runs, RunsMemory } from './runs.memory.js';

/** Cells of one member of a part, as `<grain>:<start>:<bytes of responses>:<bytes of resolutions>` with spaces between. */
export type Parted = { part: string; member: string; told: string };

/** Writes the `told` of {@link Parted}: lengths are known without reading the lists. */
export const toldOf =
  "concat_ws(':', grain, start::text, octet_length(responses), octet_length(resolutions))";

/** `at` is where its lists stand among those of the member: `<grain>:<start>`. */
type Unread = { part: string; member: string; at: string };
type Lists = Unread & { responses: string; resolutions: string };

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
  // PostgreSQL's texts have no \0.
  const ofMember = ({ part, member }: Pick<Unread, 'part' | 'member'>): string =>
    `${basis}\0${district}\0${part}\0${member}\0`;
  const unread: Unread[] = [];
  const found = new Map<string, Runs>();
  const keys = members.map(({ part, member, told }) => {
    const prefix = ofMember({ part, member });
    // Thousands of times an answer: nothing is made here that is not needed.
    return told.split(' ').map((text) => {
      const last = text.lastIndexOf(':');
      const middle = text.lastIndexOf(':', last - 1);
      const at = text.slice(0, middle);
      const key = prefix + at;
      const lengths = {
        responses: Number(text.slice(middle + 1, last)),
        resolutions: Number(text.slice(last + 1)),
      };
      const runs = memory.of(key, lengths);
      if (runs) found.set(key, runs);
      else unread.push({ part, member, at });
      return key;
    });
  });
  if (unread.length > 0) {
    const column = (name: keyof Unread) => unread.map((cell) => cell[name]);
    const { rows } = await connection.query<Lists>(
      prepared(
        `select part, member, at, responses, resolutions
       from unnest($3::text[], $4::text[], $5::text[]) as wanted (part, member, at)
         join ${table} using (part, member)
       where basis = $1 and district = $2 and grain = split_part(at, ':', 1) and start = split_part(at, ':', 2)::date`,
        [basis, district, column('part'), column('member'), column('at')],
      ),
    );
    for (const row of rows) {
      const key = ofMember(row) + row.at;
      found.set(key, memory.read(key, row));
    }
  }
  return keys.map((of) => of.flatMap((key) => found.get(key) ?? []));
}
