import type { Table } from '#event-sourcing';
import {
  type Channel,
  type Deadline,
  type Handler,
  type Level,
  type RequestEvent,
  type Resident,
  type ResolvedAnswer,
  type SatisfiedAnswer,
  type Status,
  unaccepted,
} from '#requests';

export type LastCallback = {
  attempt: number;
  at: string;
  contacted: boolean;
  /** Null: she was not asked. */
  contactedByUnit: boolean | null;
  resolved: ResolvedAnswer | null;
  satisfied: SatisfiedAnswer | null;
  note: string | null;
};

/** How a resident was asked since the resolution in force. */
export type Asked = {
  /** Attempts that reached nobody. */
  inVain: number;
  answered: boolean;
  /** Called in vain as often as it is tried. */
  unreachable: boolean;
};

/** Somebody who asked for the same: the resident of a request that was merged into this one. */
export type Caller = {
  request: string;
  resident: Resident | null;
  callbacks: number;
  last: LastCallback | null;
} & Asked;

/** Where a request stands. Times are ISO 8601 in UTC and say when it happened, not when it was recorded. */
export type RequestRow = {
  id: string;
  station: string;
  station_name: string;
  community: string;
  street: string;
  district: string;
  time_zone: string;
  status: Status;
  open: boolean;
  category: string | null;
  summary: string;
  details: string | null;
  building: string | null;
  unit: string | null;
  resident_name: string | null;
  resident_phone: string | null;
  resident_flat: string | null;
  resident_district: string | null;
  channel: Channel;
  paper: { page: number; line: number } | null;
  holder: Handler | null;
  holder_id: string | null;
  holder_since: string | null;
  lead: Handler | null;
  helpers: Handler[];
  /** The ids of holder, lead and helpers: whose request it is, besides the station's. */
  units: string[];
  level: Level;
  /** Since when the clock stands still. */
  paused_at: string | null;
  /** Those that are still to be met, as last set. */
  deadlines: Deadline[];
  /** The first of them to come or to have passed, but for those whose clock stands still. */
  due_at: string | null;
  outcome: string | null;
  logged_at: string;
  /** The day in the station's zone. */
  logged_day: string;
  logged_by: string;
  first_response_at: string | null;
  /** Of the resolution in force: a reopening takes it back. */
  resolved_at: string | null;
  closed_at: string | null;
  returns: number;
  reopenings: number;
  callbacks: number;
  escalations: number;
  last_callback: LastCallback | null;
  asked: Asked;
  /** Resolved, and somebody who asked for it is still to be called back. */
  callback_due: boolean;
  merged_into: string | null;
  /** Of the requests merged into this one. */
  callers: Caller[];
  part_of: string | null;
  parts: { id: string; summary: string }[];
  source_system: string | null;
  source_key: string | null;
  revision: string;
  updated_at: string;
};

/** Whom a unit, or anybody, still has to take on: the condition of an index, to be said in the same words. */
export const awaitsAcceptance = `status in (${unaccepted.map((status) => `'${status}'`).join(', ')})`;

export type RequestEventType = RequestEvent['type'];

export const requestTable: Table<RequestRow> = {
  columns: {
    id: 'text',
    station: 'text',
    station_name: 'text',
    community: 'text',
    street: 'text',
    district: 'text',
    time_zone: 'text',
    status: 'text',
    open: 'boolean',
    category: 'text',
    summary: 'text',
    details: 'text',
    building: 'text',
    unit: 'text',
    resident_name: 'text',
    resident_phone: 'text',
    resident_flat: 'text',
    resident_district: 'text',
    channel: 'text',
    paper: 'json',
    holder: 'json',
    holder_id: 'text',
    holder_since: 'timestamp',
    lead: 'json',
    helpers: 'json',
    units: 'json',
    level: 'text',
    paused_at: 'timestamp',
    deadlines: 'json',
    due_at: 'timestamp',
    outcome: 'text',
    logged_at: 'timestamp',
    logged_day: 'date',
    logged_by: 'text',
    first_response_at: 'timestamp',
    resolved_at: 'timestamp',
    closed_at: 'timestamp',
    returns: 'integer',
    reopenings: 'integer',
    callbacks: 'integer',
    escalations: 'integer',
    last_callback: 'json',
    asked: 'json',
    callback_due: 'boolean',
    merged_into: 'text',
    callers: 'json',
    part_of: 'text',
    parts: 'json',
    source_system: 'text',
    source_key: 'text',
    revision: 'bigint',
    updated_at: 'timestamp',
  },
  key: ['id'],
  // One for each scope a list may have, in the order it is shown, and the few open ones of a station apart.
  indexes: [
    'logged_at desc, id desc',
    'station, logged_at desc, id desc',
    'community, logged_at desc, id desc',
    'street, logged_at desc, id desc',
    'district, logged_at desc, id desc',
    'holder_id, logged_at desc, id desc',
    '(station, logged_at desc, id desc) where open',
    '(station, resolved_at, id) where callback_due',
    '(district, resolved_at, id) where callback_due',
    '(station, due_at, id) where due_at is not null',
    `(station, logged_at, id) where ${awaitsAcceptance}`,
    'using gin (units)',
  ],
};
