import { randomUUID } from 'node:crypto';
import { binaryEvent, ErrorType, jsonEvent, type BinaryEventData } from '@eventstore/db-client';
import {
  all,
  BOTH_WAYS,
  freshStream,
  type Client,
  proposed,
  refusal,
  revisions,
} from './fixtures.contract.js';

const LIMIT = 1024 * 1024;

function sized(bytes: number): BinaryEventData {
  return binaryEvent({ type: 'x', data: new Uint8Array(bytes) });
}

export function appendContract(client: Client): void {
  describe.each(BOTH_WAYS)('%s', (_way, options) => {
    it('answers with the last revision and its position', async () => {
      const stream = freshStream();
      const one = await client().appendToStream(stream, proposed(3), options);
      const two = await client().appendToStream(stream, proposed(1), options);
      expect([one.success, one.nextExpectedRevision, two.nextExpectedRevision]).toEqual([true, 2n, 3n]);
      const [last] = await all(client().readStream(stream, { fromRevision: 3n }));
      expect(two.position).toEqual(last?.event?.position);
      expect(two.position!.commit).toBeGreaterThan(one.position!.commit);
    });

    it('keeps id, type, JSON data, metadata and the time of recording', async () => {
      const stream = freshStream('带中文的流');
      const id = randomUUID();
      const data = { text: '楼道灯坏了 🪫', nested: [1, null, true] };
      await client().appendToStream(
        stream,
        jsonEvent({ id, type: '已登记', data, metadata: { by: '张连生' } }),
        options,
      );
      const [read] = await all(client().readStream(stream));
      expect(read?.event).toMatchObject({
        id,
        type: '已登记',
        data,
        isJson: true,
        streamId: stream,
        revision: 0n,
      });
      expect(read?.event?.metadata).toEqual({ by: '张连生' });
      expect(Math.abs(Date.now() - read!.event!.created.getTime())).toBeLessThan(60_000);
    });

    it('keeps bytes as bytes', async () => {
      const stream = freshStream();
      const data = Uint8Array.from([0, 255, 1, 254]);
      await client().appendToStream(stream, binaryEvent({ type: 'Photo', data, metadata: data }), options);
      const [read] = await all(client().readStream(stream));
      expect(read?.event?.isJson).toBe(false);
      expect(Buffer.from(read!.event!.data as Uint8Array)).toEqual(Buffer.from(data));
      expect(Buffer.from(read!.event!.metadata as Uint8Array)).toEqual(Buffer.from(data));
    });

    it('leaves metadata out that was not given', async () => {
      const stream = freshStream();
      await client().appendToStream(stream, proposed(1), options);
      const [read] = await all(client().readStream(stream));
      expect(read?.event?.metadata).toBeUndefined();
    });

    it('writes ids in lower case', async () => {
      const stream = freshStream();
      const id = randomUUID();
      await client().appendToStream(
        stream,
        jsonEvent({ id: id.toUpperCase(), type: 'x', data: {} }),
        options,
      );
      const [read] = await all(client().readStream(stream));
      expect(read?.event?.id).toBe(id);
    });

    it('refuses an id that is no UUID, and an id of zeros', async () => {
      for (const id of ['not-a-uuid', '00000000-0000-0000-0000-000000000000']) {
        const event = jsonEvent({ id, type: 'x', data: {} });
        const error = await refusal(client().appendToStream(freshStream(), event, options));
        expect(error['type']).toBe(ErrorType.UNKNOWN);
      }
    });

    it('takes nothing at all as a success that writes nothing', async () => {
      const stream = freshStream();
      const empty = await client().appendToStream(stream, [], options);
      expect([empty.success, empty.nextExpectedRevision]).toEqual([true, 0n]);
      await client().appendToStream(stream, proposed(2), options);
      const after = await client().appendToStream(stream, [], options);
      expect([after.success, after.nextExpectedRevision]).toEqual([true, 1n]);
    });

    it('takes an append just below 1 MiB and refuses one above, with the limit', async () => {
      const stream = freshStream();
      // The type counts two bytes a letter.
      await client().appendToStream(stream, sized(LIMIT - 2), options);
      const error = await refusal(client().appendToStream(stream, sized(LIMIT - 1), options));
      expect(error).toMatchObject({ type: ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED, maxAppendSize: LIMIT });
      expect(revisions(await all(client().readStream(stream)))).toEqual([0]);
    });

    it('counts the sum of all events of the append against the limit', async () => {
      const error = await refusal(
        client().appendToStream(freshStream(), [sized(LIMIT / 2), sized(LIMIT / 2)], options),
      );
      expect(error['type']).toBe(ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED);
    });

    it('refuses $all', async () => {
      const error = await refusal(client().appendToStream('$all', proposed(1), options));
      expect(error['type']).toBe(ErrorType.ACCESS_DENIED);
    });
  });

  it('puts an append together that comes in many messages', async () => {
    const stream = freshStream();
    const appended = await client().appendToStream(stream, proposed(100), { batchAppendSize: 500 });
    expect(appended.nextExpectedRevision).toBe(99n);
    expect(revisions(await all(client().readStream(stream)))).toEqual(
      Array.from({ length: 100 }, (_, at) => at),
    );
  });

  it('refuses an append of many messages as a whole, and answers it once', async () => {
    const stream = freshStream();
    const large = Array.from({ length: 30 }, () => sized(100_000));
    const error = await refusal(client().appendToStream(stream, large, { batchAppendSize: 150_000 }));
    expect(error['type']).toBe(ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED);
    expect((await client().appendToStream(stream, proposed(1))).nextExpectedRevision).toBe(0n);
  });

  it('refuses an append whose deadline has passed', async () => {
    const error = await refusal(client().appendToStream(freshStream(), proposed(1), { deadline: -1000 }));
    expect(error['type']).toBe(ErrorType.DEADLINE_EXCEEDED);
  });

  it('applies appends of one client in the order in which they were made', async () => {
    const stream = freshStream();
    const made = Array.from({ length: 50 }, (_, at) =>
      client().appendToStream(stream, jsonEvent({ type: 'x', data: { at } })),
    );
    const answered = await Promise.all(made);
    expect(answered.map(({ nextExpectedRevision }) => Number(nextExpectedRevision))).toEqual(
      answered.map((_, at) => at),
    );
    const read = await all(client().readStream(stream));
    expect(read.map(({ event }) => (event!.data as { at: number }).at)).toEqual(answered.map((_, at) => at));
  });
}
