import { clamped } from './recorded-event.js';

/** What the client expects of the stream's newest revision. */
export type Expected = bigint | 'any' | 'no_stream' | 'stream_exists';

/** The stream as the check needs it. `last` is -1 when the stream never had an event. */
export type CheckedStream = {
  last: number;
  tombstoned: boolean;
  softDeleted: () => boolean;
  /** Whether its metadata stream ever had an event. */
  described: () => boolean;
  find: (id: Uint8Array) => Written | undefined;
  at: (revision: number) => { id: Uint8Array; position: number } | undefined;
};
type Written = { revision: number; position: number };

export type Verdict =
  | { kind: 'append' }
  | ({ kind: 'already-written' } & Written)
  | { kind: 'wrong-version' }
  | { kind: 'stream-deleted' };

const APPEND: Verdict = { kind: 'append' };
const WRONG: Verdict = { kind: 'wrong-version' };
const DELETED: Verdict = { kind: 'stream-deleted' };

/**
 * EventStoreDB's optimistic check with its idempotency: the same events given again, where they are already stored,
 * are a success that writes nothing. The ids are looked up in an index on disk, so it also holds after a restart.
 */
export function checkRevision(
  stream: CheckedStream,
  expected: Expected,
  ids: readonly Uint8Array[],
): Verdict {
  if (stream.tombstoned) return DELETED;
  if (expected === 'stream_exists') {
    if (stream.softDeleted()) return DELETED;
    if (stream.last < 0 && !stream.described()) return WRONG;
  }
  if (expected === 'any' || expected === 'stream_exists') return checkAnywhere(stream, ids);
  const revision = expected === 'no_stream' ? -1 : clamped(expected);
  if (revision === stream.last) return APPEND;
  return revision > stream.last ? WRONG : checkAfter(stream, revision, ids);
}

function checkAnywhere(stream: CheckedStream, ids: readonly Uint8Array[]): Verdict {
  let written: Written | undefined;
  for (const [index, id] of ids.entries()) {
    const found = stream.find(id);
    if (!found) return index === 0 ? APPEND : WRONG;
    written = found;
  }
  return written ? { kind: 'already-written', ...written } : APPEND;
}

function checkAfter(stream: CheckedStream, revision: number, ids: readonly Uint8Array[]): Verdict {
  let written: Written | undefined;
  for (const [index, id] of ids.entries()) {
    const stored = stream.at(revision + 1 + index);
    if (!stored || Buffer.compare(stored.id, id) !== 0) {
      const recreates = index === 0 && revision === -1 && stream.softDeleted();
      return recreates ? APPEND : WRONG;
    }
    written = { revision: revision + 1 + index, position: stored.position };
  }
  return written ? { kind: 'already-written', ...written } : WRONG;
}
