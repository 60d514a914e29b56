import { ANY, ErrorType, NO_STREAM, STREAM_EXISTS, type AppendExpectedRevision } from '@eventstore/db-client';
import { BOTH_WAYS, freshStream, type Client, proposed, refusal } from './fixtures.contract.js';

type Case = [state: string, written: number, expected: AppendExpectedRevision, next: bigint | 'refused'];

const CASES: Case[] = [
  ['no stream', 0, ANY, 0n],
  ['no stream', 0, NO_STREAM, 0n],
  ['no stream', 0, STREAM_EXISTS, 'refused'],
  ['no stream', 0, 0n, 'refused'],
  ['three events', 3, ANY, 3n],
  ['three events', 3, STREAM_EXISTS, 3n],
  ['three events', 3, 2n, 3n],
  ['three events', 3, NO_STREAM, 'refused'],
  ['three events', 3, 1n, 'refused'],
  ['three events', 3, 3n, 'refused'],
  ['three events', 3, 9223372036854775806n, 'refused'],
];

export function expectedRevisionContract(client: Client): void {
  describe.each(BOTH_WAYS)('%s, what is expected of the stream', (_way, options) => {
    it.each(CASES)('%s (%i written), expected %s: %s', async (_state, written, expectedRevision, next) => {
      const stream = freshStream();
      if (written > 0) await client().appendToStream(stream, proposed(written), options);
      const append = client().appendToStream(stream, proposed(1), { ...options, expectedRevision });
      if (next !== 'refused') {
        expect((await append).nextExpectedRevision).toBe(next);
        return;
      }
      expect(await refusal(append)).toMatchObject({
        type: ErrorType.WRONG_EXPECTED_VERSION,
        streamName: stream,
        expectedVersion: expectedRevision,
        actualVersion: written === 0 ? NO_STREAM : BigInt(written - 1),
      });
    });

    it('takes a stream that has metadata only for an existing one', async () => {
      const stream = freshStream();
      await client().setStreamMetadata(stream, { owner: 'station' });
      const appended = await client().appendToStream(stream, proposed(1), {
        ...options,
        expectedRevision: STREAM_EXISTS,
      });
      expect(appended.nextExpectedRevision).toBe(0n);
    });

    it('lets exactly one of many racing appends win', async () => {
      const stream = freshStream();
      const racing = Array.from({ length: 20 }, () =>
        client().appendToStream(stream, proposed(1), { ...options, expectedRevision: NO_STREAM }),
      );
      const outcomes = await Promise.allSettled(racing);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    });

    it('checks an append of nothing too', async () => {
      const append = client().appendToStream(freshStream(), [], { ...options, expectedRevision: 4n });
      expect((await refusal(append))['type']).toBe(ErrorType.WRONG_EXPECTED_VERSION);
    });
  });
}
