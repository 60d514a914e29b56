/** An event as a client proposes it. */
export type ProposedEvent = {
  /** UUID, 16 bytes. */
  id: Uint8Array;
  type: string;
  json: boolean;
  metadata: Uint8Array;
  data: Uint8Array;
};

/** An event as the log keeps it. */
export type RecordedEvent = ProposedEvent & {
  /** Its place in $all, from 1. */
  position: number;
  stream: string;
  /** Its place in the stream, from 0; TOMBSTONE marks the end of a stream for ever. */
  revision: number;
  /** Milliseconds since the Unix epoch, the node's clock. */
  created: number;
};

/** Stands for 2^63 - 1, the revision of a tombstone on the wire, which neither a JavaScript number nor node:sqlite can hold. */
export const TOMBSTONE = Number.MAX_SAFE_INTEGER;

/** A 64-bit number of the wire as a safe integer: whatever is too large becomes the largest. */
export function clamped(wide: string | bigint): number {
  return Math.min(Number(wide), Number.MAX_SAFE_INTEGER);
}
