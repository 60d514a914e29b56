import { ANY, BACKWARDS, END, ErrorType, NO_STREAM } from '@eventstore/db-client';
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

const LAST_REVISION = 9223372036854775807n;

export function tombstoneContract(client: Client): void {
  async function tombstoned(): Promise<string> {
    const stream = freshStream();
    await client().appendToStream(stream, proposed(2));
    await client().tombstoneStream(stream);
    return stream;
  }

  describe('a tombstoned stream', () => {
    it('refuses reads, subscriptions, deletes and tombstones for ever, with its name', async () => {
      const stream = await tombstoned();
      const gone = { type: ErrorType.STREAM_DELETED, streamName: stream };
      expect(await refusal(all(client().readStream(stream)))).toMatchObject(gone);
      expect(
        await refusal(all(client().readStream(stream, { direction: BACKWARDS, fromRevision: END }))),
      ).toMatchObject(gone);
      expect(await refusal(first(1, client().subscribeToStream(stream)))).toMatchObject(gone);
      expect(await refusal(client().deleteStream(stream))).toMatchObject(gone);
      expect(await refusal(client().tombstoneStream(stream))).toMatchObject(gone);
    });

    it.each(BOTH_WAYS)('refuses %s, to its metadata too', async (_way, options) => {
      const stream = await tombstoned();
      for (const expectedRevision of [ANY, NO_STREAM, 1n] as const) {
        const append = client().appendToStream(stream, proposed(1), { ...options, expectedRevision });
        expect(await refusal(append)).toMatchObject({ type: ErrorType.STREAM_DELETED, streamName: stream });
      }
      const describing = client().appendToStream(`$$${stream}`, proposed(1, '$metadata'), options);
      expect((await refusal(describing))['type']).toBe(ErrorType.STREAM_DELETED);
    });

    it('may never have existed', async () => {
      for (const expectedRevision of [ANY, NO_STREAM] as const) {
        const stream = freshStream();
        await client().tombstoneStream(stream, { expectedRevision });
        expect((await refusal(all(client().readStream(stream))))['type']).toBe(ErrorType.STREAM_DELETED);
      }
    });

    it('must be at the expected revision', async () => {
      const stream = freshStream();
      await client().appendToStream(stream, proposed(2));
      const wrong = await refusal(client().tombstoneStream(stream, { expectedRevision: 7n }));
      expect(wrong).toMatchObject({
        type: ErrorType.WRONG_EXPECTED_VERSION,
        expectedVersion: 7n,
        actualVersion: 1n,
      });
      await client().tombstoneStream(stream, { expectedRevision: 1n });
    });

    it('that is the metadata of another keeps that one from being deleted, and $all readable', async () => {
      const stream = freshStream();
      const { position } = await client().appendToStream(stream, proposed(1));
      await client().tombstoneStream(`$$${stream}`);
      expect((await refusal(client().deleteStream(stream)))['type']).toBe(ErrorType.STREAM_DELETED);
      const read = await all(client().readAll({ fromPosition: position! }));
      expect(read.map(({ event }) => event?.streamId)).toEqual([stream, `$$${stream}`]);
      expect(revisions(await all(client().readStream(stream)))).toEqual([0]);
    });

    it('stays in $all, and ends there with the tombstone', async () => {
      const stream = freshStream();
      const { position } = await client().appendToStream(stream, proposed(1));
      const ended = await client().tombstoneStream(stream);
      const [event, end] = await all(client().readAll({ fromPosition: position!, maxCount: 2 }));
      expect(event?.event?.streamId).toBe(stream);
      expect(end?.event).toMatchObject({
        streamId: stream,
        type: '$streamDeleted',
        revision: LAST_REVISION,
        isJson: false,
        position: ended.position,
      });
    });

    it('can be told by name whatever the name', async () => {
      const stream = freshStream('带中文的流');
      await client().tombstoneStream(stream);
      const error = await refusal(all(client().readStream(stream)));
      expect(error['type']).toBe(ErrorType.STREAM_DELETED);
      expect(error['streamName']).toEqual(expect.any(String));
    });

    it('delivers its tombstone to who subscribes, then ends the subscription', async () => {
      const stream = freshStream();
      await client().appendToStream(stream, proposed(1));
      const subscription = client().subscribeToStream(stream);
      const seen: bigint[] = [];
      const ended = refusal(
        (async () => {
          for await (const { event } of subscription)
            if (seen.push(event!.revision) === 1) await client().tombstoneStream(stream);
        })(),
      );
      expect(await ended).toMatchObject({ type: ErrorType.STREAM_DELETED, streamName: stream });
      expect(seen).toEqual([0n, LAST_REVISION]);
    });
  });
}
