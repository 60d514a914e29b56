import { localDay } from '#calendar';
import type { Evolve, Projection, Recorded } from '#event-sourcing';
import { type RequestEvent, nextStatus } from '#requests';
import { type CellKey, type Counts, counters, increments, lists } from './statistics.cells.js';
import { type StatisticsRow, statisticsTable } from './statistics.row.js';

type Step = (row: StatisticsRow, at: string) => Partial<StatisticsRow>;

// Every event that leads to another status does so by the domain's own table; a step names what else it changes.
const follow =
  (step: Step = () => ({})): Evolve<StatisticsRow, RequestEvent> =>
  (row, event) =>
    row && { ...row, ...step(row, event.occurredAt), status: nextStatus(event, row.status) };

const unchanged: Evolve<StatisticsRow, RequestEvent> = (row) => row;

// Notes entered late may tell of something earlier: whichever came first.
const responded: Step = ({ first_response_at: first }, at) => ({
  first_response_at: first !== null && first <= at ? first : at,
});

/** One row for each request, and what all of them add up to: see {@link increments}. */
export const statisticsProjection: Projection<StatisticsRow, RequestEvent, CellKey, Counts> = {
  name: 'statistics',
  version: 2,
  streams: ['request-'],
  table: statisticsTable,
  rowOf: ({ stream }) => stream.slice('request-'.length),
  evolve: {
    RequestLogged: (_, event) => logged(event),
    Assigned: follow(),
    LeadTransferred: unchanged,
    Accepted: follow(responded),
    Returned: follow(() => ({ returned: true })),
    Claimed: follow(responded),
    ProgressRecorded: follow(responded),
    ResidentContacted: follow(responded),
    Resolved: follow((row, at) => ({ ...responded(row, at), resolved_at: at })),
    CallbackRecorded: unchanged,
    ResidentUnreachable: unchanged,
    Closed: follow(({ time_zone }, at) => ({ closed_day: localDay(at, time_zone) })),
    Reopened: follow(() => ({ resolved_at: null, closed_day: null, reopened: true })),
    Escalated: follow(() => ({ escalated: true })),
    ClockPaused: unchanged,
    ClockResumed: unchanged,
    DeadlineSet: unchanged,
    DeadlineNeared: unchanged,
    Supervised: unchanged,
    Recategorised: (row, { data: { to } }) => row && { ...row, category: to },
    Corrected: unchanged,
    Merged: follow(),
    Unmerged: follow(),
    TookIn: unchanged,
    GaveBack: unchanged,
    Split: unchanged,
    Withdrawn: follow(),
    Excluded: follow(),
  },
  tally: {
    key: {
      basis: 'text',
      district: 'text',
      part: 'text',
      grain: 'text',
      start: 'date',
      member: 'text',
    },
    counters: [...counters],
    lists: [...lists],
    // The few cells that say how much each station has ever logged.
    indexes: ["(district, member) where basis = 'creation' and part = 'station' and grain = 'month'"],
    of: increments,
  },
};

type Logged = Recorded<Extract<RequestEvent, { type: 'RequestLogged' }>>;

const logged = ({ data: { requestId, station, category, partOf }, occurredAt }: Logged): StatisticsRow => ({
  id: requestId,
  district: station.district,
  station: station.code,
  category,
  time_zone: station.timeZone,
  status: 'logged',
  logged_at: occurredAt,
  logged_day: localDay(occurredAt, station.timeZone),
  closed_day: null,
  first_response_at: null,
  resolved_at: null,
  escalated: false,
  returned: false,
  reopened: false,
  part: partOf !== undefined,
});
