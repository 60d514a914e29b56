import type { Table } from '#event-sourcing';
import type { Channel, Handler, Status } from '#requests';

/** Somebody we called: a unit or a neighbour, or the resident, whose name stands in the row itself. */
export type Called = {
  kind: Handler['kind'] | 'resident';
  id: string | null;
  name: string | null;
  at: string;
};

/** A line of the register 居民反映问题登记表. Times are ISO 8601 in UTC and say when it happened. */
export type LogbookRow = {
  id: string;
  station: string;
  logged_at: string;
  /** The day in the station's zone. */
  day: string;
  channel: Channel;
  paper: { page: number; line: number } | null;
  resident_name: string | null;
  resident_phone: string | null;
  resident_flat: string | null;
  building: string | null;
  unit: string | null;
  category: string | null;
  summary: string;
  details: string | null;
  called: Called[];
  outcome: string | null;
  /** What was said last. */
  note: string | null;
  signed_by: string;
  status: Status;
  open: boolean;
  /** Positions of the events that opened it and ended it, in turn: whether it was open at a position can be told. */
  turns: string[];
  /** The last of them. */
  turned: string;
  /** All that the line shows, in small letters, to be searched. */
  words: string;
};

/** Columns that lines are found by; no line shows them, and pages are read often. */
export const findingColumns = ['station', 'turns', 'turned', 'words'] as const;
export type ShownRow = Omit<LogbookRow, (typeof findingColumns)[number]>;

/** What was done; as long as nothing is, what was said last. */
export const done = ({
  open,
  outcome,
  note,
}: Pick<LogbookRow, 'open' | 'outcome' | 'note'>): string | null => (open ? note : (outcome ?? note));

export const logbookTable: Table<LogbookRow> = {
  columns: {
    id: 'text',
    station: 'text',
    logged_at: 'timestamp',
    day: 'date',
    channel: 'text',
    paper: 'json',
    resident_name: 'text',
    resident_phone: 'text',
    resident_flat: 'text',
    building: 'text',
    unit: 'text',
    category: 'text',
    summary: 'text',
    details: 'text',
    called: 'json',
    outcome: 'text',
    note: 'text',
    signed_by: 'text',
    status: 'text',
    open: 'boolean',
    turns: 'json',
    turned: 'bigint',
    words: 'text',
  },
  key: ['id'],
  // A page in the order it is shown, the open lines and the others apart, and what has turned since a first page was read.
  indexes: ['station, logged_at desc, id desc', 'station, open, logged_at desc, id desc', 'station, turned'],
};
