import type { Increment } from '#event-sourcing';
import { isOpen } from '#requests';
import { counted, takenBack, tenthsBetween } from './durations.js';
import type { StatisticsRow } from './statistics.row.js';

/** By which of its days a request belongs to a window. */
export const bases = ['creation', 'closing'] as const;
export type Basis = (typeof bases)[number];

export type Part = 'whole' | 'category' | 'station';
export type Grain = 'day' | 'month';

/**
 * A cell counts the requests of a district on one day or in one month, as a whole or those of one category or station. `member`
 * is the category (empty without one) or the station's code.
 */
export type CellKey = {
  basis: Basis;
  district: string;
  part: Part;
  grain: Grain;
  /** The day, or the first day of the month. */
  start: string;
  member: string;
};

export const counters = [
  'logged',
  'resolved',
  'open',
  'withdrawn',
  'excluded',
  'escalated',
  'returned',
  'reopened',
  'merged',
  'parts',
] as const;
/** Hours to the first response and to the resolution in force, as lists: see durations.ts. */
export const lists = ['responses', 'resolutions'] as const;

export type Counts = Record<(typeof counters)[number], number> & Record<(typeof lists)[number], string>;

// A window is read from whole months and the days at its edges; the days of the whole are shown one by one and need no months.
const kinds: readonly { part: Part; grain: Grain }[] = [
  { part: 'whole', grain: 'day' },
  { part: 'category', grain: 'day' },
  { part: 'category', grain: 'month' },
  { part: 'station', grain: 'day' },
  { part: 'station', grain: 'month' },
];
const cells = bases.flatMap((basis) => kinds.map((kind) => ({ basis, ...kind })));

/**
 * The step a request made, as what it changes in the cells it belonged to and belongs to. Whatever its life: a cell is at any
 * time what a count over the rows gives.
 */
export function increments(
  before: StatisticsRow | undefined,
  after: StatisticsRow | undefined,
): Increment<CellKey, Counts>[] {
  const [was, is] = [before && measured(before), after && measured(after)];
  const step = changed(was, is);
  return cells.flatMap((cell) => {
    const from = before && keyIn(cell, before);
    const to = after && keyIn(cell, after);
    if (from && to && from.start === to.start && from.member === to.member) {
      return step ? [{ key: to, add: step }] : [];
    }
    return [
      ...(from ? [{ key: from, add: changed(was, undefined) ?? {} }] : []),
      ...(to ? [{ key: to, add: changed(undefined, is) ?? {} }] : []),
    ];
  });
}

function keyIn(cell: Pick<CellKey, 'basis' | 'part' | 'grain'>, row: StatisticsRow): CellKey | undefined {
  const day = cell.basis === 'creation' ? row.logged_day : row.closed_day;
  if (day === null) return undefined;
  const start = cell.grain === 'day' ? day : `${day.slice(0, 7)}-01`;
  const member = { whole: '', category: row.category ?? '', station: row.station }[cell.part];
  return { ...cell, district: row.district, start, member };
}

type Measured = {
  counts: Record<(typeof counters)[number], number>;
  durations: Partial<Record<(typeof lists)[number], number>>;
};

const none = Object.fromEntries(counters.map((counter) => [counter, 0])) as Measured['counts'];

// What a resident asked is counted once: a part with the request it was split from, and a merged one with the one it was
// merged into. Beside that each is told how often it occurred, so that all requests there are add up.
function uncounted({ part, status }: StatisticsRow): Measured | undefined {
  if (part) return { counts: { ...none, parts: 1 }, durations: {} };
  if (status === 'merged') return { counts: { ...none, merged: 1 }, durations: {} };
  return undefined;
}

// Excluded from the rates: neither open nor resolved, and no hours of it are counted.
function measured(row: StatisticsRow): Measured {
  const { status, logged_at: logged, first_response_at: responded, resolved_at: resolved } = row;
  const excluded = status === 'excluded';
  const beside = uncounted(row);
  if (beside) return beside;
  return {
    counts: {
      ...none,
      logged: 1,
      resolved: Number(status === 'resolved' || status === 'closed'),
      open: Number(isOpen(status)),
      withdrawn: Number(status === 'withdrawn'),
      excluded: Number(excluded),
      escalated: Number(row.escalated),
      returned: Number(row.returned),
      reopened: Number(row.reopened),
    },
    durations: excluded
      ? {}
      : {
          ...(responded !== null && { responses: tenthsBetween(logged, responded) }),
          ...(resolved !== null && { resolutions: tenthsBetween(logged, resolved) }),
        },
  };
}

function changed(was: Measured | undefined, is: Measured | undefined): Partial<Counts> | undefined {
  const add: Partial<Counts> = {};
  for (const counter of counters) {
    const by = (is?.counts[counter] ?? 0) - (was?.counts[counter] ?? 0);
    if (by !== 0) add[counter] = by;
  }
  for (const list of lists) {
    const [old, now] = [was?.durations[list], is?.durations[list]];
    if (old !== now) add[list] = takenBack(old) + counted(now);
  }
  return Object.keys(add).length > 0 ? add : undefined;
}
