import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { EventLog } from './log.js';
import type { ProposedEvent, RecordedEvent } from './recorded-event.js';
import { openStoreFile } from './store-file.js';

const bytes = (size: number) => fc.uint8Array({ minLength: size, maxLength: size || 40 });

const proposed: fc.Arbitrary<ProposedEvent> = fc.record({
  id: fc.uint8Array({ minLength: 16, maxLength: 16 }),
  type: fc.string({ unit: 'grapheme', minLength: 1 }),
  json: fc.boolean(),
  metadata: fc.oneof(bytes(0), bytes(300)),
  data: fc.oneof(bytes(0), bytes(300)),
});

const ten = { rows: 10, bytes: Infinity };
const hex = (part: Uint8Array) => Buffer.from(part).toString('hex');
const legible = (event: RecordedEvent) => ({
  ...event,
  id: hex(event.id),
  metadata: hex(event.metadata),
  data: hex(event.data),
});

const sized = (bytes: number): ProposedEvent => ({
  id: new Uint8Array(16),
  type: 'Happened',
  json: false,
  metadata: new Uint8Array(),
  data: new Uint8Array(bytes),
});

describe('the log', () => {
  let directory: string;
  let log: EventLog;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'yizhan-log-'));
    log = new EventLog(openStoreFile(join(directory, 'events.db')).database);
  });
  afterAll(() => {
    log.database.close();
    rmSync(directory, { recursive: true });
  });

  it('reads every event back to the byte, whatever its bytes are', () => {
    let streams = 0;
    fc.assert(
      fc.property(fc.array(proposed, { minLength: 1, maxLength: 5 }), (events) => {
        const name = `s-${++streams}`;
        const before = log.lastPosition;
        let stream = 0;
        log.commit(() => {
          stream = log.addStream(name);
          for (const [revision, event] of events.entries()) log.insert(stream, revision, 1_000, event);
        });
        const stored = events.map((event, revision) =>
          legible({ ...event, stream: name, revision, position: before + 1 + revision, created: 1_000 }),
        );
        expect(log.forwards(stream, 0, ten).map(legible)).toEqual(stored);
        expect(log.allAfter(before, ten).map(legible)).toEqual(stored);
        expect(log.backwards(stream, 10, ten).map(legible)).toEqual(stored.toReversed());
      }),
    );
  });

  it('reads no more bytes at once than were asked for, whatever comes after small events', () => {
    const before = log.lastPosition;
    let stream = 0;
    log.commit(() => {
      stream = log.addStream('small, then large');
      for (let at = 0; at < 40; at++) log.insert(stream, at, 1_000, sized(at < 20 ? 10 : 1024 * 1024));
    });
    const page = { rows: 512, bytes: 256 * 1024 };
    expect(log.allAfter(before, page)).toHaveLength(21);
    expect(log.allBefore(log.lastPosition + 1, page)).toHaveLength(1);
    expect(log.forwards(stream, 0, page)).toHaveLength(21);
    expect(log.backwards(stream, 25, page)).toHaveLength(1);
  });
});
