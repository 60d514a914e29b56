import {
  BACKWARDS,
  binaryEvent,
  END,
  ErrorType,
  type EventData,
  jsonEvent,
  type StreamMetadata,
} from '@eventstore/db-client';
import { all, first, freshStream, type Client, proposed, refusal, revisions } from './fixtures.contract.js';

export function streamMetadataContract(client: Client): void {
  async function described(metadata: StreamMetadata, events = 5): Promise<string> {
    const stream = freshStream();
    await client().appendToStream(stream, proposed(events));
    await client().setStreamMetadata(stream, metadata);
    return stream;
  }

  describe('stream metadata', () => {
    it("is read as it was written, the application's own fields too", async () => {
      const metadata = {
        maxCount: 5,
        maxAge: 3600,
        truncateBefore: 1,
        cacheControl: 10,
        acl: { readRoles: ['$all'], writeRoles: ['$all'] },
        owner: '三义里',
      };
      const stream = await described(metadata);
      const read = await client().getStreamMetadata(stream);
      expect(read.metadata).toEqual(metadata);
    });

    it('is absent for a stream without any, and for one that never was', async () => {
      const stream = freshStream();
      expect((await client().getStreamMetadata(stream)).metadata).toBeUndefined();
      await client().appendToStream(stream, proposed(1));
      expect((await client().getStreamMetadata(stream)).metadata).toBeUndefined();
    });

    it('obeys the expected revision of the metadata stream', async () => {
      const stream = await described({ maxCount: 2 });
      const stale = client().setStreamMetadata(stream, { maxCount: 3 }, { expectedRevision: 5n });
      expect((await refusal(stale))['type']).toBe(ErrorType.WRONG_EXPECTED_VERSION);
      await client().setStreamMetadata(stream, { maxCount: 3 }, { expectedRevision: 0n });
      expect((await client().getStreamMetadata(stream)).metadata).toEqual({ maxCount: 3 });
    });

    it('$maxCount leaves the newest', async () => {
      const stream = await described({ maxCount: 2 });
      expect(revisions(await all(client().readStream(stream)))).toEqual([3, 4]);
      expect(
        revisions(await all(client().readStream(stream, { direction: BACKWARDS, fromRevision: END }))),
      ).toEqual([4, 3]);
      await client().appendToStream(stream, proposed(1));
      expect(revisions(await all(client().readStream(stream)))).toEqual([4, 5]);
    });

    it('$tb hides what is before it', async () => {
      const stream = await described({ truncateBefore: 3 });
      expect(revisions(await all(client().readStream(stream, { fromRevision: 1n })))).toEqual([3, 4]);
      expect(
        revisions(await all(client().readStream(stream, { direction: BACKWARDS, fromRevision: 2n }))),
      ).toEqual([]);
    });

    it('the stricter of $tb and $maxCount counts', async () => {
      const stream = await described({ truncateBefore: 1, maxCount: 3 });
      expect(revisions(await all(client().readStream(stream)))).toEqual([2, 3, 4]);
    });

    it('$tb beyond the end leaves an empty stream that still exists', async () => {
      const stream = await described({ truncateBefore: 50 });
      expect(await all(client().readStream(stream))).toEqual([]);
      expect(
        (await client().appendToStream(stream, proposed(1), { expectedRevision: 4n })).nextExpectedRevision,
      ).toBe(5n);
    });

    it('$maxAge hides what is older', async () => {
      const stream = await described({ maxAge: 1 });
      await new Promise((resolve) => setTimeout(resolve, 1300));
      expect(await all(client().readStream(stream))).toEqual([]);
      await client().appendToStream(stream, proposed(1));
      expect(revisions(await all(client().readStream(stream)))).toEqual([5]);
    });

    it('counts the events that are visible, not those passed over', async () => {
      const stream = await described({ maxCount: 3 });
      expect(revisions(await all(client().readStream(stream, { maxCount: 2 })))).toEqual([2, 3]);
    });

    it('that is no JSON, or not above zero, counts as none', async () => {
      for (const data of ['no object', { $maxCount: 0, $maxAge: -1, $tb: 'x' }]) {
        const stream = await described({ maxCount: 1 });
        await client().appendToStream(`$$${stream}`, jsonEvent({ type: '$metadata', data: data as never }));
        expect(revisions(await all(client().readStream(stream)))).toHaveLength(5);
      }
    });

    it('hides nothing from $all', async () => {
      const stream = freshStream();
      const { position } = await client().appendToStream(stream, proposed(1));
      await client().appendToStream(stream, proposed(4));
      await client().setStreamMetadata(stream, { maxCount: 1 });
      const read = await all(client().readAll({ fromPosition: position!, maxCount: 5 }));
      expect(read.map(({ event }) => event?.streamId)).toEqual(Array(5).fill(stream));
    });

    it('lies in a stream of its own, of which only the newest event is seen', async () => {
      const stream = await described({ maxCount: 2 });
      await client().setStreamMetadata(stream, { maxCount: 3 });
      const read = await all(client().readStream(`$$${stream}`));
      expect(read.map(({ event }) => [event?.revision, event?.type, event?.data])).toEqual([
        [1n, '$metadata', { $maxCount: 3 }],
      ]);
    });

    it('hides what was there from a new subscription', async () => {
      const stream = await described({ maxCount: 2 });
      expect(revisions(await first(2, client().subscribeToStream(stream)))).toEqual([3, 4]);
    });

    it('hides what is too old from a new subscription, and from who follows a link to it', async () => {
      const [stream, links] = [await described({ maxAge: 1 }), freshStream()];
      await new Promise((resolve) => setTimeout(resolve, 1300));
      await client().appendToStream(stream, proposed(1));
      expect(revisions(await first(1, client().subscribeToStream(stream)))).toEqual([5]);
      const link = (revision: number): EventData =>
        binaryEvent({ type: '$>', data: Buffer.from(`${revision}@${stream}`) });
      await client().appendToStream(links, [link(4), link(5)]);
      await client().appendToStream(stream, proposed(1));
      const read = await all(client().readStream(links, { resolveLinkTos: true }));
      expect(read.map(({ event }) => event?.revision)).toEqual([undefined, 5n]);
    });

    it('hides nothing of what comes while one listens', async () => {
      const stream = await described({ maxCount: 1, truncateBefore: 50 });
      const subscription = client().subscribeToStream(stream, { fromRevision: END });
      const seen = first(3, subscription);
      await new Promise((resolve) => subscription.once('caughtUp', resolve));
      await client().appendToStream(stream, proposed(3));
      expect(revisions(await seen)).toEqual([5, 6, 7]);
    });
  });
}
