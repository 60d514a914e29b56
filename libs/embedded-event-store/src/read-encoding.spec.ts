import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import * as fc from 'fast-check';
import { collectGarbage } from '../../../test/garbage.fixture.js';
import { streams } from './protocol.js';
import { encodeDelivered, type Delivered } from './read-encoding.js';
import { TOMBSTONE, type RecordedEvent } from './recorded-event.js';
import { uuidText } from './uuid.js';

const bytes = fc.uint8Array({ maxLength: 300 });
const number = fc.oneof(fc.nat(), fc.maxSafeNat());
const recorded: fc.Arbitrary<RecordedEvent> = fc.record({
  position: number.map((value) => Math.max(value, 1)),
  stream: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }),
  revision: number,
  id: fc.uint8Array({ minLength: 16, maxLength: 16 }),
  type: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }),
  json: fc.boolean(),
  created: fc.integer({ min: 1_000_000_000_000, max: 9_999_999_999_999 }),
  metadata: bytes,
  data: bytes,
});

// The generated code of the official client is the judge.
function decoded(record: streams.ReadResp.ReadEvent.RecordedEvent | undefined): object | undefined {
  return (
    record && {
      id: record.getId()?.getString(),
      stream: Buffer.from(record.getStreamIdentifier()!.getStreamName_asU8()).toString(),
      revision: record.getStreamRevision(),
      positions: [record.getPreparePosition(), record.getCommitPosition()],
      map: new Map(record.getMetadataMap().toArray() as unknown as [string, string][]),
      metadata: Buffer.from(record.getCustomMetadata_asU8()),
      data: Buffer.from(record.getData_asU8()),
    }
  );
}

function expected(event: RecordedEvent | undefined): object | undefined {
  return (
    event && {
      id: uuidText(event.id),
      stream: event.stream,
      revision: event.revision === TOMBSTONE ? '9223372036854775807' : String(event.revision),
      positions: [String(event.position), String(event.position)],
      map: new Map([
        ['type', event.type],
        ['content-type', event.json ? 'application/json' : 'application/octet-stream'],
        ['created', `${event.created}0000`],
      ]),
      metadata: Buffer.from(event.metadata),
      data: Buffer.from(event.data),
    }
  );
}

describe('the encoding of what a read delivers', () => {
  it('is what the generated code reads, for any event and link', () => {
    fc.assert(
      fc.property(recorded, fc.option(recorded, { nil: undefined }), fc.boolean(), (one, other, alone) => {
        const delivered: Delivered =
          other && alone ? { link: other } : { event: one, ...(other && { link: other }) };
        const response = streams.ReadResp.deserializeBinary(encodeDelivered(delivered));
        expect(decoded(response.getEvent()?.getEvent())).toEqual(expected(delivered.event));
        expect(decoded(response.getEvent()?.getLink())).toEqual(expected(delivered.link));
        expect(response.getEvent()?.getCommitPosition()).toBe(String((other ?? one).position));
      }),
    );
  });

  it('writes a tombstone with the largest revision there is', () => {
    const event: RecordedEvent = { ...fc.sample(recorded, 1)[0]!, revision: TOMBSTONE };
    const response = streams.ReadResp.deserializeBinary(encodeDelivered({ event }));
    expect(decoded(response.getEvent()?.getEvent())).toEqual(expected(event));
  });
});

// What was let go is swept beside us.
const held = async (): Promise<number> => {
  for (let times = 0; times < 5; times += 1) {
    collectGarbage();
    await sleep(50);
  }
  return process.memoryUsage().arrayBuffers;
};

describe('what is kept of the events that were encoded', () => {
  it('is the names of their streams, and nothing that shared a pool with them', async () => {
    const data = randomBytes(4_000);
    const encode = (position: number) => {
      const [id, metadata] = [randomBytes(16), Buffer.alloc(0)];
      const type = 'RequestLogged';
      const event = { position, revision: 0, id, type, json: true, created: Date.now(), metadata, data };
      return encodeDelivered({ event: { ...event, stream: `request-${position}` } }).length;
    };
    const before = await held();
    let encoded = 0;
    for (let position = 1; position <= 5_000; position += 1) encoded += encode(position);
    expect(encoded).toBeGreaterThan(20_000_000);
    expect((await held()) - before).toBeLessThan(2_000_000);
  });
});
