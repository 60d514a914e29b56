import { type StoredRecord, partitionOf } from '#event-bus';
import type { Recorded } from '#event-sourcing';
import { toLogRecord } from '#topics';
import { flaws } from './topic-copy.js';

const log = Array.from({ length: 30 }, (_, index): Recorded => ({
  type: 'NoteAdded',
  data: {},
  id: `event ${index}`,
  stream: `request-${index % 7}`,
  revision: BigInt(index),
  position: BigInt(index + 1),
  recordedAt: '2026-11-22T00:00:00.000Z',
  occurredAt: '2026-11-22T00:00:00.000Z',
  metadata: {} as Recorded['metadata'],
}));

/** The copy as it has to be. */
function copy(): Map<number, StoredRecord[]> {
  const topic = new Map([0, 1].map((partition) => [partition, [] as StoredRecord[]]));
  const last = [0n, 0n];
  for (const event of log) {
    const partition = partitionOf(event.stream, 2);
    const record = toLogRecord(event, last[partition] ?? 0n);
    topic.get(partition)?.push({ ...record, partition, offset: 0n });
    last[partition] = event.position;
  }
  return topic;
}

const doctored = (change: (records: StoredRecord[]) => void) => {
  const topic = copy();
  change(topic.get(0) as StoredRecord[]);
  return flaws(log, topic);
};

describe('the check of a copy', () => {
  it('finds nothing in a whole one, nor in one with doubles behind their originals', () => {
    expect(flaws(log, copy())).toEqual([]);
    expect(doctored((records) => records.splice(3, 0, ...records.slice(1, 3)))).toEqual([]);
  });

  it.each<[string, (records: StoredRecord[]) => void]>([
    ['a record is missing in the middle', (records) => records.splice(2, 1)],
    ['the last one is missing', (records) => records.pop()],
    ['two have changed places', (records) => records.splice(2, 2, ...records.slice(2, 4).toReversed())],
    ['one is there that belongs elsewhere', (records) => records.push(copy().get(1)?.at(-1) as StoredRecord)],
    [
      'one names the wrong one before it',
      (records) => {
        const third = records[2] as StoredRecord;
        records[2] = { ...third, headers: { ...third.headers, ce_prevposition: '0' } };
      },
    ],
  ])('fails when %s', (_, change) => expect(doctored(change)).not.toEqual([]));
});
