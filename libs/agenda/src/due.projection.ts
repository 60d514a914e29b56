import type { Projection, Recorded } from '#event-sourcing';
import { type RequestEvent, type Watched, evolve, isOpen, stepsAhead, unlogged } from '#requests';
import { type DueRow, type DueStep, dueTable } from './due.row.js';

type Follow = (row: DueRow | undefined, event: Recorded<RequestEvent>) => DueRow | undefined;

/**
 * What has to be done when, if nothing happens: one row for each request with a deadline of ours, its steps in order. A row has
 * a step as long as the decider would take it; both ask {@link stepsAhead}.
 */
export const dueProjection: Projection<DueRow, RequestEvent> = {
  name: 'due',
  version: 1,
  streams: ['request-'],
  table: dueTable,
  rowOf: ({ stream }) => stream.slice('request-'.length),
  evolve: {
    RequestLogged: unchanged,
    Assigned: follow,
    LeadTransferred: unchanged,
    Accepted: follow,
    Returned: follow,
    Claimed: follow,
    ProgressRecorded: unchanged,
    ResidentContacted: follow,
    Resolved: follow,
    CallbackRecorded: unchanged,
    ResidentUnreachable: unchanged,
    Closed: follow,
    Reopened: follow,
    Escalated: follow,
    ClockPaused: follow,
    ClockResumed: follow,
    DeadlineSet: begin,
    DeadlineNeared: follow,
    Supervised: follow,
    Recategorised: unchanged,
    Corrected: unchanged,
    Merged: follow,
    Unmerged: follow,
    TookIn: unchanged,
    GaveBack: unchanged,
    Split: unchanged,
    Withdrawn: () => undefined,
    Excluded: () => undefined,
  },
};

/** A request whose deadline had passed when it was written down gets so long, in milliseconds, to be told to its end. */
export const settling = 10 * 60_000;

const logged: Watched = { ...unlogged, status: 'logged' };

function unchanged(row: DueRow | undefined): DueRow | undefined {
  return row;
}

// The first deadline stands in the append that logged the request. Those that a source gave have no steps and begin nothing.
function begin(row: DueRow | undefined, event: Parameters<Follow>[1] & { type: 'DeadlineSet' }) {
  const { kind, steps } = event.data;
  if (!row && !steps) return undefined;
  const { stream, recordedAt } = event;
  const known = row ?? { id: stream.slice('request-'.length), watched: logged, set_at: {} };
  return rowOf({ ...known, set_at: { ...known.set_at, [kind]: recordedAt } }, event);
}

function follow(row: DueRow | undefined, event: Recorded<RequestEvent>): DueRow | undefined {
  return row && rowOf(row, event);
}

function rowOf({ id, watched, set_at }: Omit<DueRow, 'steps' | 'due_at'>, event: RequestEvent): DueRow {
  const after = slim(evolve({ ...unlogged, ...watched }, event));
  const steps = claimable(after, set_at);
  return { id, due_at: steps[0]?.from ?? null, steps, watched: after, set_at };
}

// Only what is open, or comes back from merging, still needs its deadlines: whatever is reopened gets new ones.
function slim({ status, contacted, paused, level, deadlines, taken }: Watched): Watched {
  if (!isOpen(status) && status !== 'merged') {
    return { status, contacted, paused, level, deadlines: {}, taken: [] };
  }
  const brief = Object.entries(deadlines).map(([kind, { derivation, ...deadline }]) => [
    kind,
    { ...deadline, derivation: derivation.by === 'policy' ? { ...derivation, days: [] } : derivation },
  ]);
  return { status, contacted, paused, level, deadlines: Object.fromEntries(brief), taken };
}

// Nothing overtakes a step that waits.
function claimable(watched: Watched, setAt: DueRow['set_at']): DueStep[] {
  let earliest = '';
  return stepsAhead(watched).map((step) => {
    const recorded = setAt[step.kind] ?? step.at;
    const from = step.at > recorded ? step.at : settled(recorded);
    earliest = from > earliest ? from : earliest;
    return { ...step, from: earliest };
  });
}

const settled = (recordedAt: string): string => new Date(Date.parse(recordedAt) + settling).toISOString();
