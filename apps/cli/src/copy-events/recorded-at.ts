import { type StoredEvent, text } from './stored.event.js';

const LARGEST_APPEND = 1024 * 1024; // an EventStoreDB's, unless it is set otherwise

/**
 * The metadata with the time at which the event was recorded first, which every reader prefers to the store's own. It is put
 * in as text, so that all the rest stays as it was, byte for byte; what has been copied before keeps what it says. Metadata
 * that is no JSON object has no room for it and stays as it is, and so does that of an event which is as large as an append may be.
 */
export function metadataToCarry(event: StoredEvent): Uint8Array {
  const dated = datedMetadata(event);
  const outgrows = sizeOf(event) <= LARGEST_APPEND && sizeOf({ ...event, metadata: dated }) > LARGEST_APPEND;
  return outgrows ? event.metadata : dated;
}

function datedMetadata({ metadata, created }: StoredEvent): Uint8Array {
  const recordedAt = `"recordedAt":${JSON.stringify(created)}`;
  if (metadata.length === 0) return Buffer.from(`{${recordedAt}}`);
  const fields = fieldsOf(metadata);
  if (!fields || Object.hasOwn(fields, 'recordedAt')) return metadata;
  const written = text(metadata).trimEnd();
  const comma = Object.keys(fields).length > 0 ? ',' : '';
  return Buffer.from(`${written.slice(0, -1)}${comma}${recordedAt}}`);
}

/** What an event counts towards the size of its append, in bytes. */
export const sizeOf = ({ type, metadata, data }: StoredEvent): number =>
  data.length + metadata.length + 2 * type.length;

/** Whether the time of the first recording could be kept. */
export const isDated = (metadata: Uint8Array): boolean =>
  Object.hasOwn(fieldsOf(metadata) ?? {}, 'recordedAt');

function fieldsOf(metadata: Uint8Array): object | undefined {
  try {
    const fields: unknown = JSON.parse(text(metadata));
    return typeof fields === 'object' && fields !== null && !Array.isArray(fields) ? fields : undefined;
  } catch {
    return undefined;
  }
}
