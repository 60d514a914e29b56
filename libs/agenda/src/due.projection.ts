import type { Projection, Recorded } from '#event-sourcing';
import { type RequestEvent, type Watched, evolve, isOpen, stepsAhead, unlogged } from '#requests';
import { type DueRow, type DueStep, dueTable } from './due.row.js';

/** What a row is made of. */
type Followed = Pick<DueRow, 'id' | 'station' | 'watched' | 'set_at'>;

type Follow = (row: DueRow | undefined, event: Recorded<RequestEvent>) => DueRow | undefined;

/**
 * What has to be done when, if nothing happens: one row for each request with a deadline of ours, its steps in order. A row has
 * a step as long as the decider would take it; both ask {@link stepsAhead}.
 */
export const dueProjection: Projection<DueRow, RequestEvent> = {
  name: 'due',
  version: 3,
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

// The first deadline stands in the append that logged the request. Those that a source gave begin nothing; old ones that have
// no steps do, since they have some once they are counted again, and those hang on all that happens until then.
function begin(row: DueRow | undefined, event: Parameters<Follow>[1] & { type: 'DeadlineSet' }) {
  const { kind, derivation } = event.data;
  if (!row && derivation.by !== 'policy') return undefined;
  const known = row ?? firstOf(event.stream.slice('request-'.length));
  return rowOf({ ...known, set_at: { ...known.set_at, [kind]: event.recordedAt } }, event);
}

const firstOf = (id: string): Followed => ({
  id,
  station: id.slice(0, id.indexOf('-')),
  watched: logged,
  set_at: {},
});

function follow(row: DueRow | undefined, event: Recorded<RequestEvent>): DueRow | undefined {
  return row && rowOf(row, event);
}

function rowOf({ id, station, watched, set_at }: Followed, event: Recorded<RequestEvent>): DueRow {
  const after = slim(evolve({ ...unlogged, ...watched }, event));
  const steps = claimable(after, set_at);
  const revision = String(event.revision);
  const due_at = steps[0]?.from ?? null;
  return { id, station, open: isOpen(after.status), revision, due_at, steps, watched: after, set_at };
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
