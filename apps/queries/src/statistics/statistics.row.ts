import type { Table } from '#event-sourcing';
import type { Status } from '#requests';

/** What the figures ask of a request. Times are ISO 8601 in UTC and say when it happened. */
export type StatisticsRow = {
  id: string;
  district: string;
  station: string;
  category: string | null;
  time_zone: string;
  status: Status;
  logged_at: string;
  /** Days are days in the station's zone. */
  logged_day: string;
  /** Of the closing in force: a reopening takes it back. */
  closed_day: string | null;
  first_response_at: string | null;
  /** Of the resolution in force. */
  resolved_at: string | null;
  escalated: boolean;
  returned: boolean;
  reopened: boolean;
  /** Split from another one, with which it is counted. */
  part: boolean;
};

export const statisticsTable: Table<StatisticsRow> = {
  columns: {
    id: 'text',
    district: 'text',
    station: 'text',
    category: 'text',
    time_zone: 'text',
    status: 'text',
    logged_at: 'timestamp',
    logged_day: 'date',
    closed_day: 'date',
    first_response_at: 'timestamp',
    resolved_at: 'timestamp',
    escalated: 'boolean',
    returned: 'boolean',
    reopened: 'boolean',
    part: 'boolean',
  },
  key: ['id'],
};
