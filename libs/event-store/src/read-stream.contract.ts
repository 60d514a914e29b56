import { BACKWARDS, END, ErrorType, FORWARDS, START, type ReadStreamOptions } from '@eventstore/db-client';
import { all, freshStream, type Client, proposed, refusal, revisions } from './fixtures.contract.js';

type Case = [what: string, options: ReadStreamOptions, revisions: number[]];

const CASES: Case[] = [
  ['forwards from the start', {}, [0, 1, 2, 3, 4]],
  ['forwards from a revision, which is included', { fromRevision: 3n }, [3, 4]],
  ['forwards, a count', { maxCount: 2 }, [0, 1]],
  ['forwards from beyond the end', { fromRevision: 9n }, []],
  ['backwards from the end', { direction: BACKWARDS, fromRevision: END }, [4, 3, 2, 1, 0]],
  ['backwards from a revision, which is included', { direction: BACKWARDS, fromRevision: 2n }, [2, 1, 0]],
  ['backwards, a count', { direction: BACKWARDS, fromRevision: END, maxCount: 1 }, [4]],
  ['backwards from beyond the end', { direction: BACKWARDS, fromRevision: 99n, maxCount: 2 }, [4, 3]],
  ['backwards from the start', { direction: BACKWARDS, fromRevision: START }, [0]],
];

export function readStreamContract(client: Client): void {
  describe('reading a stream', () => {
    it.each(CASES)('%s', async (_what, options, expected) => {
      const stream = freshStream();
      await client().appendToStream(stream, proposed(5));
      expect(revisions(await all(client().readStream(stream, options)))).toEqual(expected);
    });

    it.each([FORWARDS, BACKWARDS] as const)(
      '%s, gives every event of a long stream once and in order',
      async (direction) => {
        const stream = freshStream();
        for (let at = 0; at < 4; at++) await client().appendToStream(stream, proposed(700));
        const fromRevision = direction === FORWARDS ? START : END;
        const read = revisions(await all(client().readStream(stream, { direction, fromRevision })));
        const expected = Array.from({ length: 2800 }, (_, at) => at);
        expect(read).toEqual(direction === FORWARDS ? expected : expected.toReversed());
      },
    );

    it('gives large events whole', async () => {
      const stream = freshStream();
      const text = '驿'.repeat(300_000);
      for (let at = 0; at < 5; at++) {
        await client().appendToStream(stream, { ...proposed(1)[0]!, data: { text } });
      }
      const read = await all(client().readStream(stream));
      expect(read.map(({ event }) => (event!.data as { text: string }).text === text)).toEqual(
        Array(5).fill(true),
      );
    });

    it('gives positions that rise, in the events and beside them', async () => {
      const stream = freshStream();
      await client().appendToStream(stream, proposed(3));
      const read = await all(client().readStream(stream));
      const positions = read.map(({ event }) => event!.position!.commit);
      expect(positions).toEqual(positions.toSorted((one, other) => (one < other ? -1 : 1)));
      expect(new Set(positions).size).toBe(3);
      expect(read.map(({ commitPosition }) => commitPosition)).toEqual(positions);
    });

    it('says that a stream which never was is not found', async () => {
      const stream = freshStream();
      expect(await refusal(all(client().readStream(stream)))).toMatchObject({
        type: ErrorType.STREAM_NOT_FOUND,
        streamName: stream,
      });
      expect(
        (await refusal(all(client().readStream(stream, { direction: BACKWARDS, fromRevision: END }))))[
          'type'
        ],
      ).toBe(ErrorType.STREAM_NOT_FOUND);
    });

    it('keeps streams apart whose names differ by case or length only', async () => {
      const stream = freshStream();
      await client().appendToStream(stream, proposed(1));
      for (const other of [stream.toUpperCase(), `${stream}-`, stream.slice(0, -1)]) {
        expect((await refusal(all(client().readStream(other))))['type']).toBe(ErrorType.STREAM_NOT_FOUND);
      }
    });

    it('can be left in the middle', async () => {
      const stream = freshStream();
      await client().appendToStream(stream, proposed(2000));
      for await (const { event } of client().readStream(stream)) if (event?.revision === 3n) break;
      expect((await client().appendToStream(stream, proposed(1))).nextExpectedRevision).toBe(2000n);
    });
  });
}
