import { ANY, ErrorType, NO_STREAM, STREAM_EXISTS, type AppendExpectedRevision } from '@eventstore/db-client';
import {
  all,
  BOTH_WAYS,
  freshStream,
  type Client,
  proposed,
  refusal,
  revisions,
} from './fixtures.contract.js';

export function idempotencyContract(client: Client): void {
  describe.each(BOTH_WAYS)('%s, the same events again', (_way, options) => {
    const again: [AppendExpectedRevision, number, number][] = [
      [NO_STREAM, 0, 6],
      [NO_STREAM, 0, 3],
      [1n, 2, 3],
      [2n, 3, 6],
      [ANY, 0, 6],
      [ANY, 0, 2],
      [ANY, 3, 5],
      [STREAM_EXISTS, 1, 4],
    ];
    it.each(again)(
      'expected %s, events %i to %i: is a success that writes nothing',
      async (expectedRevision, from, to) => {
        const stream = freshStream();
        const events = proposed(6);
        await client().appendToStream(stream, events, options);
        const repeated = await client().appendToStream(stream, events.slice(from, to), {
          ...options,
          expectedRevision,
        });
        expect(repeated.nextExpectedRevision).toBe(BigInt(to - 1));
        const read = await all(client().readStream(stream));
        expect(read).toHaveLength(6);
        expect(repeated.position).toEqual(read[to - 1]?.event?.position);
      },
    );

    const mixed: [AppendExpectedRevision, string][] = [
      [NO_STREAM, 'two stored, one new'],
      [ANY, 'two stored, one new'],
      [STREAM_EXISTS, 'two stored, one new'],
    ];
    it.each(mixed)('expected %s, %s: is refused', async (expectedRevision) => {
      const stream = freshStream();
      const events = proposed(2);
      await client().appendToStream(stream, events, options);
      const append = client().appendToStream(stream, [...events, ...proposed(1)], {
        ...options,
        expectedRevision,
      });
      expect(await refusal(append)).toMatchObject({
        type: ErrorType.WRONG_EXPECTED_VERSION,
        actualVersion: 1n,
      });
    });

    it('refuses the same events at another place', async () => {
      const stream = freshStream();
      const events = proposed(4);
      await client().appendToStream(stream, events, options);
      const append = client().appendToStream(stream, events.slice(0, 2), {
        ...options,
        expectedRevision: 1n,
      });
      expect((await refusal(append))['type']).toBe(ErrorType.WRONG_EXPECTED_VERSION);
    });

    it('refuses to repeat no events where others follow', async () => {
      const stream = freshStream();
      await client().appendToStream(stream, proposed(2), options);
      const append = client().appendToStream(stream, [], { ...options, expectedRevision: NO_STREAM });
      expect((await refusal(append))['type']).toBe(ErrorType.WRONG_EXPECTED_VERSION);
    });

    it('writes an event again that is expected at the end', async () => {
      const stream = freshStream();
      const events = proposed(1);
      await client().appendToStream(stream, events, options);
      await client().appendToStream(stream, events, { ...options, expectedRevision: 0n });
      expect(revisions(await all(client().readStream(stream)))).toEqual([0, 1]);
    });

    it('writes an event that another stream has, and then the rest', async () => {
      const events = proposed(2);
      await client().appendToStream(freshStream(), events, options);
      const stream = freshStream();
      const appended = await client().appendToStream(stream, events, options);
      expect(appended.nextExpectedRevision).toBe(1n);
    });

    it('compares ids without regard to case', async () => {
      const stream = freshStream();
      const [event] = proposed(1);
      await client().appendToStream(stream, event!, options);
      const repeated = await client().appendToStream(
        stream,
        { ...event!, id: event!.id.toUpperCase() },
        options,
      );
      expect(repeated.nextExpectedRevision).toBe(0n);
    });

    it('appends behind new events where the first one given is new', async () => {
      const stream = freshStream();
      const stored = proposed(2);
      await client().appendToStream(stream, stored, options);
      const appended = await client().appendToStream(stream, [...proposed(1), ...stored], options);
      expect(appended.nextExpectedRevision).toBe(4n);
    });
  });
}
