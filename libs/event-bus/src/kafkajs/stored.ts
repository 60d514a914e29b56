import type { IHeaders, KafkaMessage } from 'kafkajs';
import type { StoredRecord } from '../record.js';

export const stored = (partition: number, { key, value, headers, offset }: KafkaMessage): StoredRecord => ({
  partition,
  offset: BigInt(offset),
  key: key?.toString() ?? '',
  value: value?.toString() ?? '',
  headers: headers ? texts(headers) : {},
});

// Of a header that stands there more than once the last counts, as Kafka's own `lastHeader` reads it.
function texts(headers: IHeaders): Record<string, string> {
  const all: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    const last = Array.isArray(value) ? value.at(-1) : value;
    if (last !== undefined) all[name] = last.toString();
  }
  return all;
}
