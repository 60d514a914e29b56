import { ANY, ErrorType, NO_STREAM, STREAM_EXISTS } from '@eventstore/db-client';
import {
  all,
  BOTH_WAYS,
  first,
  freshStream,
  type Client,
  proposed,
  refusal,
  revisions,
} from './fixtures.contract.js';

export function deletionContract(client: Client): void {
  async function deleted(events = 3): Promise<string> {
    const stream = freshStream();
    await client().appendToStream(stream, proposed(events));
    await client().deleteStream(stream);
    return stream;
  }

  describe('a deleted stream', () => {
    it('is not found, but its events stay in $all', async () => {
      const stream = freshStream();
      const { position } = await client().appendToStream(stream, proposed(1));
      const removed = await client().deleteStream(stream, { expectedRevision: 0n });
      expect(removed.position!.commit).toBeGreaterThan(position!.commit);
      expect((await refusal(all(client().readStream(stream))))['type']).toBe(ErrorType.STREAM_NOT_FOUND);
      const [event] = await all(client().readAll({ fromPosition: position!, maxCount: 1 }));
      expect(event?.event?.streamId).toBe(stream);
    });

    it('is marked so in its metadata, which replaces what was there', async () => {
      const stream = freshStream();
      await client().appendToStream(stream, proposed(1));
      await client().setStreamMetadata(stream, { maxCount: 7 });
      await client().deleteStream(stream);
      const [event] = await all(client().readStream(`$$${stream}`));
      expect(event?.event).toMatchObject({ type: '$metadata', revision: 1n });
      expect(Object.keys(event!.event!.data as object)).toEqual(['$tb']);
    });

    it('must have been there', async () => {
      const numbers = [
        [ANY, -2n],
        [NO_STREAM, -1n],
        [3n, 3n],
      ] as const;
      for (const [expectedRevision, expectedVersion] of numbers) {
        const error = await refusal(client().deleteStream(freshStream(), { expectedRevision }));
        expect(error).toMatchObject({
          type: ErrorType.WRONG_EXPECTED_VERSION,
          expectedVersion,
          actualVersion: -1n,
        });
      }
    });

    it('must be at the expected revision', async () => {
      const stream = freshStream();
      await client().appendToStream(stream, proposed(2));
      const error = await refusal(client().deleteStream(stream, { expectedRevision: 0n }));
      expect(error).toMatchObject({
        type: ErrorType.WRONG_EXPECTED_VERSION,
        streamName: stream,
        expectedVersion: 0n,
        actualVersion: 1n,
      });
    });

    it('may have a long name, and be written again like any other', async () => {
      const stream = freshStream('长'.repeat(2_000));
      await client().appendToStream(stream, proposed(2));
      await client().setStreamMetadata(stream, { maxCount: 5 });
      await client().deleteStream(stream);
      expect((await refusal(all(client().readStream(stream))))['type']).toBe(ErrorType.STREAM_NOT_FOUND);
      await client().appendToStream(stream, proposed(2), { expectedRevision: 1n });
      expect(revisions(await all(client().readStream(stream)))).toEqual([2, 3]);
      expect((await client().getStreamMetadata(stream)).metadata).toEqual({ truncateBefore: 2 });
    });

    it('may be deleted again', async () => {
      const stream = await deleted();
      await client().deleteStream(stream);
      expect((await refusal(all(client().readStream(stream))))['type']).toBe(ErrorType.STREAM_NOT_FOUND);
    });

    it('that has metadata only can be deleted', async () => {
      const stream = freshStream();
      await client().setStreamMetadata(stream, { maxCount: 1 });
      expect((await client().deleteStream(stream)).position).toBeDefined();
    });

    it('$all cannot be one', async () => {
      expect((await refusal(client().deleteStream('$all')))['type']).toBe(ErrorType.ACCESS_DENIED);
    });
  });

  describe.each(BOTH_WAYS)('%s to a deleted stream', (_way, options) => {
    it.each([ANY, NO_STREAM, 2n] as const)(
      'expected %s: continues its revisions and shows the new events only',
      async (expectedRevision) => {
        const stream = await deleted();
        const appended = await client().appendToStream(stream, proposed(2), { ...options, expectedRevision });
        expect(appended.nextExpectedRevision).toBe(4n);
        expect(revisions(await all(client().readStream(stream)))).toEqual([3, 4]);
        expect((await client().getStreamMetadata(stream)).metadata).toEqual({ truncateBefore: 3 });
      },
    );

    it('expected to exist: is refused as deleted', async () => {
      const stream = await deleted();
      const append = client().appendToStream(stream, proposed(1), {
        ...options,
        expectedRevision: STREAM_EXISTS,
      });
      expect(await refusal(append)).toMatchObject({ type: ErrorType.STREAM_DELETED, streamName: stream });
    });

    it('expected at an old revision: is refused', async () => {
      const append = client().appendToStream(await deleted(), proposed(1), {
        ...options,
        expectedRevision: 0n,
      });
      expect((await refusal(append))['type']).toBe(ErrorType.WRONG_EXPECTED_VERSION);
    });

    it('of nothing: leaves it deleted', async () => {
      const stream = await deleted();
      await client().appendToStream(stream, [], options);
      expect((await refusal(all(client().readStream(stream))))['type']).toBe(ErrorType.STREAM_NOT_FOUND);
    });

    it('may be repeated like any other', async () => {
      const stream = await deleted();
      const events = proposed(2);
      await client().appendToStream(stream, events, options);
      const repeated = await client().appendToStream(stream, events, options);
      expect(repeated.nextExpectedRevision).toBe(4n);
      expect(revisions(await all(client().readStream(stream)))).toEqual([3, 4]);
    });
  });

  describe('new metadata of a deleted stream', () => {
    it('revives it without its old events, and keeps what was given', async () => {
      const stream = await deleted();
      await client().setStreamMetadata(stream, { maxCount: 9, owner: '乙' });
      expect(await all(client().readStream(stream))).toEqual([]);
      expect((await client().getStreamMetadata(stream)).metadata).toEqual({
        maxCount: 9,
        owner: '乙',
        truncateBefore: 3,
      });
    });
  });

  describe('a subscription to a deleted stream', () => {
    it('waits for what comes after', async () => {
      const stream = await deleted();
      const subscription = client().subscribeToStream(stream);
      const seen = first(2, subscription);
      await new Promise((resolve) => subscription.once('confirmation', resolve));
      await client().appendToStream(stream, proposed(2));
      expect(revisions(await seen)).toEqual([3, 4]);
    });
  });
}
