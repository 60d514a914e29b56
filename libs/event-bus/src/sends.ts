import { RecordTooLarge } from './publisher.js';
import type { OutgoingRecord } from './record.js';

// Grouping the records of a send takes kafkajs time that grows with their square.
const mostRecords = 1_000;
// What a batch and a record cost at most beside their bytes: lengths, deltas, checksum.
const batchOverhead = 100;
const recordOverhead = 40;
const headerOverhead = 10;

/** Cuts records into sends that fit `max.message.bytes` of the topic, keeping their order. */
export function sendsOf(records: readonly OutgoingRecord[], maxMessageBytes: number): OutgoingRecord[][] {
  const room = maxMessageBytes - batchOverhead;
  const sends: OutgoingRecord[][] = [];
  let [current, left]: [OutgoingRecord[], number] = [[], 0];
  for (const record of records) {
    const bytes = bytesOf(record);
    if (bytes > room) throw new RecordTooLarge(record, bytes);
    if (current.length === 0 || current.length === mostRecords || bytes > left) {
      sends.push((current = []));
      left = room;
    }
    current.push(record);
    left -= bytes;
  }
  return sends;
}

function bytesOf({ key, value, headers }: OutgoingRecord): number {
  let bytes = recordOverhead + Buffer.byteLength(key) + Buffer.byteLength(value);
  for (const [name, text] of Object.entries(headers)) {
    bytes += headerOverhead + Buffer.byteLength(name) + Buffer.byteLength(text);
  }
  return bytes;
}
