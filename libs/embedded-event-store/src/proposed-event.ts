import type { streams } from './protocol.js';
import type { ProposedEvent } from './recorded-event.js';
import type { Expected } from './revision-check.js';
import { MAX_APPEND_BYTES } from './rpc-error.js';
import { uuidBytes } from './uuid.js';

type ProposedMessage = streams.AppendReq.ProposedMessage | streams.BatchAppendReq.ProposedMessage;
export type BadProposal = 'missing-metadata' | 'bad-id';

/** The event of a request's message, or what is wrong with it. */
export function proposedEvent(message: ProposedMessage): ProposedEvent | BadProposal {
  const map = message.getMetadataMap();
  const type = map.get('type');
  const contentType = map.get('content-type');
  if (!type || !contentType) return 'missing-metadata';
  const id = uuidBytes(message.getId());
  if (!id) return 'bad-id';
  const json = contentType === 'application/json';
  return { id, type, json, metadata: message.getCustomMetadata_asU8(), data: message.getData_asU8() };
}

/** What an event counts towards the size of its append, in bytes. */
export function proposedSize({ type, metadata, data }: ProposedEvent): number {
  return data.length + metadata.length + 2 * type.length;
}

// An EventStoreDB's largest record, without what one append may hold besides. Beyond it no client could read the event any more,
// nor $all with it.
const LONGEST_NAME_BYTES = 16 * 1024 * 1024 - 10_000 - MAX_APPEND_BYTES;

/** The name in a request; undefined for the two names that no stream may have, and for one that leaves an event no room. */
export function streamName(identifier: { getStreamName_asU8(): Uint8Array } | undefined): string | undefined {
  const bytes = identifier?.getStreamName_asU8() ?? new Uint8Array();
  if (bytes.length > LONGEST_NAME_BYTES) return undefined;
  const name = Buffer.from(bytes).toString('utf8');
  return name === '' || name === '$$' ? undefined : name;
}

type ExpectedOption = { hasNoStream(): boolean; hasStreamExists(): boolean };

/** The expected revision of a request; `revision` is the number if it names one. */
export function expectedOf(option: ExpectedOption, revision: string | undefined): Expected {
  if (revision !== undefined) return BigInt(revision);
  if (option.hasNoStream()) return 'no_stream';
  return option.hasStreamExists() ? 'stream_exists' : 'any';
}
