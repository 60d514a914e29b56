import type { Table } from '#event-sourcing';
import type { Handler, ResolvedAnswer, SatisfiedAnswer, Status } from '#requests';

/** Whoever has it: what is still somebody's work is open. */
export type Standing = Extract<Status, 'resolved' | 'closed' | 'merged' | 'withdrawn' | 'excluded'> | 'open';

/** The last word of one who asked: an answer, or that she could not be reached. */
export type Word = {
  position: string;
  /** Whether our call reached her. */
  contacted: boolean;
  /** Whether the unit had been in touch with her, as she says; null: not asked. */
  contactedByUnit: boolean | null;
  resolved: ResolvedAnswer | null;
  satisfied: SatisfiedAnswer | null;
};

/** A unit that the request was given to, and whether it gave it back, at least once. */
export type Assignment = { name: string; kind: Handler['kind']; returned: boolean };

/**
 * What the rates ask of a request, as it stood from `since` on. Times are ISO 8601 in UTC and say when it happened, days are
 * days in the station's zone. No resident's name or number is in it, but where a neighbour leads.
 */
export type RatesRow = {
  id: string;
  /** The `$all` position of the event that led to this. */
  since: string;
  recorded_at: string;
  district: string;
  station: string;
  time_zone: string;
  /** Where in `$all` it begins. */
  logged_position: string;
  logged_at: string;
  logged_day: string;
  standing: Standing;
  /** Split from another one, with which it is counted. */
  part: boolean;
  /** Since when the clock stands still. */
  paused_at: string | null;
  /** The unit that answers for it to the end (首接负责制), however many hands it went through. */
  lead: string | null;
  lead_name: string | null;
  /** A volunteer or a neighbour is a person, and not named to everybody. */
  lead_kind: Handler['kind'] | null;
  /** Of the resolution in force. */
  resolved_at: string | null;
  /** Where in `$all` that is: what was said before it was said of another one. */
  resolved_position: string | null;
  /** Of the closing in force. */
  closed_day: string | null;
  /** Until when it has to be resolved, as last set: pauses are in it. */
  due_at: string | null;
  due_day: string | null;
  /** At least once. */
  ever_resolved: boolean;
  /** By unit: a return is its own who returned it, whoever leads in the end. */
  assignments: Readonly<Record<string, Assignment>>;
  reopened: boolean;
  /** The last word there is; null before the first. */
  contacted: boolean | null;
  contacted_by_unit: boolean | null;
  answer: ResolvedAnswer | null;
  satisfied: SatisfiedAnswer | null;
  /** Of each who asked: the own resident is ''. */
  words: Readonly<Record<string, Word>>;
  building: string | null;
  unit: string | null;
  category: string | null;
  /** The same for all that is about the same kind of thing at the same place; null where either is not known. */
  matter: string | null;
};

export const ratesTable: Table<RatesRow> = {
  columns: {
    id: 'text',
    since: 'bigint',
    recorded_at: 'timestamp',
    district: 'text',
    station: 'text',
    time_zone: 'text',
    logged_position: 'bigint',
    logged_at: 'timestamp',
    logged_day: 'date',
    standing: 'text',
    part: 'boolean',
    paused_at: 'timestamp',
    lead: 'text',
    lead_name: 'text',
    lead_kind: 'text',
    resolved_at: 'timestamp',
    resolved_position: 'bigint',
    closed_day: 'date',
    due_at: 'timestamp',
    due_day: 'date',
    ever_resolved: 'boolean',
    assignments: 'json',
    reopened: 'boolean',
    contacted: 'boolean',
    contacted_by_unit: 'boolean',
    answer: 'text',
    satisfied: 'text',
    words: 'json',
    building: 'text',
    unit: 'text',
    category: 'text',
    matter: 'text',
  },
  key: ['id'],
  // `since` tells which moment a position was, `logged_position` which request was a district's first.
  indexes: [
    'district, logged_day',
    'district, closed_day',
    'district, due_day',
    'district, logged_position',
    'since',
  ],
  // The present is in the rows: of the past only what ended after a position is looked at.
  past: { indexes: ['district, until', 'since'] },
};
