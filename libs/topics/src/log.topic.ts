import type { Metadata, Recorded } from '#event-sourcing';
import { type CloudEvent, type OutgoingRecord, UnreadableRecord, fromRecord, toRecord } from '#event-bus';

/**
 * The log as it is stored, for our own projections only: it holds personal data, and its readers are relay and queries. Who
 * else reaches the broker has to be kept from it there, as docker/compose.yaml does. Partitions are for life.
 */
export const logTopic = { name: 'yizhan.log.v1', partitions: 6 } as const;

type Stored = { data: object; metadata: Metadata };

/** `previous`: the position of the record before it in its partition, 0 for the first. */
export function toLogRecord(event: Recorded, previous: bigint): OutgoingRecord {
  const { data, metadata } = event;
  return toRecord({
    id: event.id,
    type: event.type,
    source: `/eventstore/${event.stream}`,
    subject: event.stream,
    time: event.occurredAt,
    dataschema: 'urn:yizhan:schema:stored-event:v1',
    recordedtime: event.recordedAt,
    streamrevision: event.revision,
    partitionkey: event.stream,
    position: event.position,
    prevposition: previous,
    ...(metadata.traceparent !== undefined && { traceparent: metadata.traceparent }),
    data: { data, metadata } satisfies Stored,
  });
}

/** The event as it was stored, and the position before it in its partition. Throws `UnreadableRecord`. */
export function fromLogRecord(record: OutgoingRecord): { event: Recorded; previous: bigint } {
  const carried: CloudEvent = fromRecord(record);
  const { data, metadata } = carried.data as Partial<Stored>;
  if (!data || !metadata) throw new UnreadableRecord(`the record of ${record.key} is no stored event`);
  const event = {
    type: carried.type,
    data,
    metadata,
    id: carried.id,
    stream: carried.partitionkey,
    revision: carried.streamrevision,
    position: carried.position,
    recordedAt: carried.recordedtime,
    occurredAt: carried.time,
  };
  return { event, previous: carried.prevposition };
}
