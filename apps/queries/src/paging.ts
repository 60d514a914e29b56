import { createHash } from 'node:crypto';
import { Problem } from '#problems';
import { invalidQuery } from './invalid-query.js';

/**
 * Where a page ended: the next one begins after it, whatever has arrived in the meantime. A list that shows the open ones
 * first also says whether it was among them, one that shows a request for each of its units which of them it was, and one that is
 * of a moment the position of its first page.
 */
export type Place = { at: string; id: string; open?: boolean; nth?: number; asOf?: string };

export const pageSize = { usual: 50, most: 200 };

/** An opaque text that fits only the filters it was made under. */
export function cursorAfter(place: Place, filters: object): string {
  return Buffer.from(JSON.stringify([fingerprint(filters), place])).toString('base64url');
}

/** Throws the problem `invalid-query` for a cursor of other filters, or of nobody's making. */
export function placeOf(cursor: string | undefined, filters: object): Place | undefined {
  if (cursor === undefined) return undefined;
  const [made, place] = read(cursor);
  if (!isPlace(place)) throw unreadable();
  if (made !== fingerprint(filters)) {
    throw invalidQuery(
      'cursor',
      '只能与原来的查询条件一起使用',
      'belongs to other filters: begin again without it',
    );
  }
  return place;
}

// The database would stumble over what is not in these forms.
function isPlace(value: unknown): value is Place {
  const { at, id, open, nth, asOf } = (value ?? {}) as Record<string, unknown>;
  return (
    [at, id].every((part) => typeof part === 'string') &&
    /^\d{4}-\d\d-\d\dT[\d:.]{12}Z$/.test(at as string) &&
    !Number.isNaN(Date.parse(at as string)) &&
    /^[\w-]{1,40}$/.test(id as string) &&
    (open === undefined || typeof open === 'boolean') &&
    isNth(nth) &&
    (asOf === undefined || (typeof asOf === 'string' && /^\d{1,18}$/.test(asOf)))
  );
}

const isNth = (nth: unknown): boolean =>
  nth === undefined || (typeof nth === 'number' && Number.isInteger(nth) && nth >= 0 && nth < 2 ** 31);

function read(cursor: string): unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(parts)) return parts;
  } catch {
    // told below
  }
  throw unreadable();
}

const unreadable = (): Problem =>
  invalidQuery('cursor', '不是上一页给出的 next', 'is not the `next` of a page');

function fingerprint(filters: object): string {
  const entries = Object.entries(filters).filter(([, value]) => value !== undefined);
  const text = JSON.stringify(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
  return createHash('sha256').update(text).digest('base64url').slice(0, 8);
}

/**
 * How many rows to read for a page: more than it shows, so that it is known whether there is a next one, and few different
 * numbers, since each makes a statement of its own to be planned.
 */
export function rowsFor(limit: number): number {
  return (limit <= pageSize.usual ? pageSize.usual : pageSize.most) + 1;
}

/** The page, from more rows than it shows where there is a next one. */
export function page<Row>(
  rows: Row[],
  limit: number,
  filters: object,
  placeOfRow: (row: Row) => Place,
): { rows: Row[]; next: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > limit && last ? cursorAfter(placeOfRow(last), filters) : null };
}
