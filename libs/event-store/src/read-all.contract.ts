import { BACKWARDS, END, FORWARDS, START, type Position } from '@eventstore/db-client';
import { all, freshStream, ids, type Client, proposed } from './fixtures.contract.js';

export function readAllContract(client: Client): void {
  describe('reading $all', () => {
    let written: { id: string; position: Position }[];

    beforeAll(async () => {
      written = [];
      for (const event of proposed(6)) {
        const { position } = await client().appendToStream(freshStream(), event);
        written.push({ id: event.id, position: position! });
      }
    });

    it('forwards from a position includes it and keeps the order of writing', async () => {
      const read = await all(client().readAll({ fromPosition: written[1]!.position, maxCount: 5 }));
      expect(ids(read)).toEqual(written.slice(1).map(({ id }) => id));
    });

    it('backwards from a position excludes it', async () => {
      const fromPosition = written[4]!.position;
      const read = await all(client().readAll({ direction: BACKWARDS, fromPosition, maxCount: 3 }));
      expect(ids(read)).toEqual([written[3]!.id, written[2]!.id, written[1]!.id]);
    });

    it('backwards from the end gives the newest first', async () => {
      const read = await all(client().readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 2 }));
      expect(ids(read)).toEqual([written[5]!.id, written[4]!.id]);
    });

    it('gives nothing forwards from the end or backwards from the start', async () => {
      expect(await all(client().readAll({ direction: FORWARDS, fromPosition: END }))).toEqual([]);
      expect(await all(client().readAll({ direction: BACKWARDS, fromPosition: START }))).toEqual([]);
    });

    it('from the start gives positions that rise strictly, commit and prepare alike', async () => {
      const read = await all(client().readAll({ maxCount: 1000 }));
      const positions = read.map(({ event }) => event!.position!);
      expect(positions.length).toBeGreaterThan(5);
      for (const [at, { commit, prepare }] of positions.entries()) {
        expect(commit).toBeGreaterThan(at === 0 ? 0n : positions[at - 1]!.commit);
        expect(prepare).toBe(commit);
      }
    });

    it('starts with a system event, so it is never empty', async () => {
      const [event] = await all(client().readAll({ maxCount: 1 }));
      expect(event?.event?.type).toMatch(/^\$/);
    });

    it('reads the same forwards and backwards', async () => {
      const { position } = (await client().appendToStream(freshStream(), proposed(1))) as {
        position: Position;
      };
      const back = await all(
        client().readAll({ direction: BACKWARDS, fromPosition: position, maxCount: 500 }),
      );
      const start = back.at(-1)!.event!.position!;
      const forth = await all(client().readAll({ fromPosition: start, maxCount: back.length }));
      expect(ids(forth)).toEqual(ids(back).toReversed());
    });
  });
}
