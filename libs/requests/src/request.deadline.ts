import type { Limit, NotableDays, Pause } from '#calendar';
import type { DeadlineKind } from '#policies';

/** How a deadline came about: counted by a policy, or given by the system that the request was imported from. */
export type Derivation =
  | {
      by: 'policy';
      /** Of the policy, e.g. `emergency`. */
      class: string;
      /** ISO 8601, UTC: when it began. */
      from: string;
      /** Null: nothing is demanded. */
      limit: Limit | null;
      timeZone: string;
      /** What there was to skip on the way, and to count although it is a weekend. */
      days: NotableDays[];
      pauses: Pause[];
    }
  | { by: 'source'; system: string };

// Part of a stored event: see request.events.ts.
export type Deadline = {
  kind: DeadlineKind;
  /** ISO 8601, UTC; null where nothing is demanded (any more). */
  dueAt: string | null;
  /** What it was before; null the first time. */
  before: string | null;
  /** `海淀区@2`; null where no policy was asked. */
  policyVersion: string | null;
  calendarVersion: string | null;
  /** It reaches a year whose calendar is not published: it may come otherwise. */
  provisional: boolean;
  derivation: Derivation;
};
