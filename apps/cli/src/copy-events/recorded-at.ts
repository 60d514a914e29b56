import { type StoredEvent, text } from './stored.event.js';

/**
 * The metadata with the time at which the event was recorded first, which every reader prefers to the store's own. It is put
 * in as text, so that all the rest stays as it was, byte for byte; what has been copied before keeps what it says. Metadata
 * that is no JSON object has no room for it and stays as it is.
 */
export function metadataToCarry({
  metadata,
  created,
}: Pick<StoredEvent, 'metadata' | 'created'>): Uint8Array {
  const recordedAt = `"recordedAt":${JSON.stringify(created)}`;
  if (metadata.length === 0) return Buffer.from(`{${recordedAt}}`);
  const fields = fieldsOf(metadata);
  if (!fields || Object.hasOwn(fields, 'recordedAt')) return metadata;
  const written = text(metadata).trimEnd();
  const comma = Object.keys(fields).length > 0 ? ',' : '';
  return Buffer.from(`${written.slice(0, -1)}${comma}${recordedAt}}`);
}

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
