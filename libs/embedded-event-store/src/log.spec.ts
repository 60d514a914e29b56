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

const hex = (part: Uint8Array) => Buffer.from(part).toString('hex');
const legible = (event: RecordedEvent) => ({
  ...event,
  id: hex(event.id),
  metadata: hex(event.metadata),
  data: hex(event.data),
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
        expect(log.forwards(stream, 0, 10).map(legible)).toEqual(stored);
        expect(log.allAfter(before, 10).map(legible)).toEqual(stored);
        expect(log.backwards(stream, 10, 10).map(legible)).toEqual(stored.toReversed());
      }),
    );
  });
});
