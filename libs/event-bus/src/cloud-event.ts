import type { OutgoingRecord } from './record.js';

/** A public event as it stands on the topic: CloudEvents 1.0, Kafka binding, binary mode. Times are ISO 8601 in UTC. */
export type CloudEvent = {
  id: string;
  /** With its version: `cn.yizhan.request.assigned.v1`. */
  type: string;
  source: string;
  subject: string;
  /** When it happened. */
  time: string;
  dataschema: string;
  /** When it was appended. */
  recordedtime: string;
  streamrevision: bigint;
  /** The stream; records with the same key keep their order. */
  partitionkey: string;
  /** Commit position in `$all`. */
  position: bigint;
  /** Position of the record before it in the same partition, 0 for the first. */
  prevposition: bigint;
  correlationid?: string;
  causationid?: string;
  /** W3C trace context. */
  traceparent?: string;
  data: object;
};

/** The record is not a CloudEvent as this system publishes them. */
export class UnreadableRecord extends Error {
  override readonly name = 'UnreadableRecord';
}

const required = ['id', 'type', 'source', 'subject', 'time', 'dataschema', 'recordedtime'] as const;
const numbers = ['streamrevision', 'position', 'prevposition'] as const;
const optional = ['correlationid', 'causationid'] as const;

export function toRecord(event: CloudEvent): OutgoingRecord {
  const headers: Record<string, string> = { 'content-type': 'application/json', ce_specversion: '1.0' };
  for (const name of required) headers[`ce_${name}`] = event[name];
  for (const name of numbers) headers[`ce_${name}`] = event[name].toString();
  headers['ce_partitionkey'] = event.partitionkey;
  for (const name of optional) if (event[name] !== undefined) headers[`ce_${name}`] = event[name];
  if (event.traceparent !== undefined) headers['traceparent'] = event.traceparent;
  return { key: event.partitionkey, value: JSON.stringify(event.data), headers };
}

/** Throws `UnreadableRecord` when a header is missing or the value is no JSON object. */
export function fromRecord({ key, value, headers }: OutgoingRecord): CloudEvent {
  const header = (name: string) => {
    const text = headers[`ce_${name}`];
    if (text === undefined) throw new UnreadableRecord(`the record of ${key} has no header ce_${name}`);
    return text;
  };
  if (header('specversion') !== '1.0')
    throw new UnreadableRecord(`CloudEvents ${header('specversion')} is not 1.0`);
  const correlationid = headers['ce_correlationid'];
  const causationid = headers['ce_causationid'];
  const traceparent = headers['traceparent'];
  return {
    id: header('id'),
    type: header('type'),
    source: header('source'),
    subject: header('subject'),
    time: header('time'),
    dataschema: header('dataschema'),
    recordedtime: header('recordedtime'),
    streamrevision: whole('streamrevision', header('streamrevision')),
    partitionkey: header('partitionkey'),
    position: whole('position', header('position')),
    prevposition: whole('prevposition', header('prevposition')),
    ...(correlationid && { correlationid }),
    ...(causationid && { causationid }),
    ...(traceparent && { traceparent }),
    data: object(key, value),
  };
}

function whole(name: string, text: string): bigint {
  if (!/^\d+$/.test(text)) throw new UnreadableRecord(`ce_${name} is not a whole number: ${text}`);
  return BigInt(text);
}

function object(key: string, value: string): object {
  let data: unknown;
  try {
    data = JSON.parse(value);
  } catch (cause) {
    throw new UnreadableRecord(`the record of ${key} is not JSON`, { cause });
  }
  if (typeof data === 'object' && data !== null && !Array.isArray(data)) return data;
  throw new UnreadableRecord(`the record of ${key} is no JSON object`);
}
