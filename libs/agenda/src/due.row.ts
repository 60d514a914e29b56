import type { Table } from '#event-sourcing';
import type { DeadlineKind } from '#policies';
import type { StepAhead, Watched } from '#requests';

/** A step and when it may be taken (ISO 8601, UTC): at its time, or once what was entered late has settled. */
export type DueStep = StepAhead & { from: string };

/** What is to be done about a request when nothing happens. */
export type DueRow = {
  id: string;
  station: string;
  /** Still somebody's work: its deadlines run. */
  open: boolean;
  /** Of the last event that changed it. */
  revision: string;
  /** When the first step may be taken; null where there is none. */
  due_at: string | null;
  /** In the order in which they are taken. */
  steps: DueStep[];
  /** What the steps hang on. */
  watched: Watched;
  /** When each deadline was recorded. */
  set_at: Partial<Record<DeadlineKind, string>>;
};

export const dueTable: Table<DueRow> = {
  columns: {
    id: 'text',
    station: 'text',
    open: 'boolean',
    revision: 'bigint',
    due_at: 'timestamp',
    steps: 'json',
    watched: 'json',
    set_at: 'json',
  },
  key: ['id'],
  indexes: ['(due_at, id) where due_at is not null', '(station, id) where open'],
};
