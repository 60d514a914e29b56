import { TOMBSTONE } from './recorded-event.js';

/** What a stream's metadata hides of it. `truncateBefore` is TOMBSTONE for a soft-deleted stream. */
export type StreamMetadata = { maxCount?: number; maxAgeMs?: number; truncateBefore?: number };

const SOFT_DELETED = '9223372036854775807';

/** The metadata of every metadata stream: only its newest event counts. */
export const METASTREAM: StreamMetadata = { maxCount: 1 };

/** Reads `$maxCount`, `$maxAge` (seconds) and `$tb`. What is not JSON, not a whole number or not positive counts as absent. */
export function parseStreamMetadata(data: Uint8Array): StreamMetadata {
  const fields = parsed(data) ?? {};
  const maxAge = whole(fields['$maxAge']);
  return {
    maxCount: whole(fields['$maxCount']),
    maxAgeMs: maxAge === undefined ? undefined : maxAge * 1000,
    truncateBefore: digits(fields['$tb']) === SOFT_DELETED ? TOMBSTONE : whole(fields['$tb']),
  };
}

/** The metadata event's data of a soft delete. Written as text: the number is beyond what JavaScript can say. */
export const SOFT_DELETE = Buffer.from(`{"$tb":${SOFT_DELETED}}`);

/** The same metadata with another `$tb`, every other number kept to the digit. Undefined when it is not a JSON object. */
export function withTruncateBefore(data: Uint8Array, truncateBefore: number): Buffer | undefined {
  const fields = parsed(data);
  return fields && Buffer.from(JSON.stringify({ ...fields, $tb: truncateBefore }));
}

type RawNumber = { rawJSON: string };
type RawJson = {
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { source: string }) => unknown,
  ): unknown;
  rawJSON(source: string): RawNumber;
  isRawJSON(value: unknown): value is RawNumber;
};
// TypeScript's library does not know these yet; Node does.
const { parse, rawJSON, isRawJSON } = JSON as unknown as RawJson;

// Numbers stay their source text: 2^63 - 1 would be rounded.
function parsed(data: Uint8Array): Record<string, unknown> | undefined {
  // Most streams have none. Left to the parser, its exception was the dearest part of the first append to a stream.
  if (data.length === 0) return undefined;
  const text = Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('utf8');
  try {
    const fields = parse(text, (_, value, context) =>
      typeof value === 'number' ? rawJSON(context.source) : value,
    );
    return isObject(fields) ? fields : undefined;
  } catch {
    return undefined;
  }
}

function digits(value: unknown): string | undefined {
  return isRawJSON(value) && /^\d+$/.test(value.rawJSON) ? value.rawJSON : undefined;
}

function whole(value: unknown): number | undefined {
  const number = Math.min(Number(digits(value) ?? 0), TOMBSTONE - 1);
  return number > 0 ? number : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isRawJSON(value);
}
