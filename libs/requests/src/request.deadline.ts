import type { Limit, NotableDays, Pause } from '#calendar';
import type { DeadlineKind, EscalationStep } from '#policies';

/**
 * How a deadline came about: counted by a policy, or given by the system that the request was imported from. `request` names the
 * one that was merged into this one and whose deadline it is.
 */
export type Derivation = { request?: string } & (
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
  | { by: 'source'; system: string }
);

/** What is done by rule about a deadline that nears or has passed, and from when (ISO 8601, UTC). */
export type DeadlineStep =
  | { does: 'warn'; to: null; at: string }
  | { does: 'escalate' | 'supervise'; to: EscalationStep['to']; at: string };

/** Which step of which deadline was taken, and how many seconds after its time. */
export type StepTaken = { kind: DeadlineKind; dueAt: string; at: string; lateBy: number };

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
  /** The earliest first; absent where no policy was asked, and in events from before there were any. */
  steps?: DeadlineStep[];
};

/** When the clock of a deadline began (ISO 8601, UTC); null where a source gave it. */
export const begun = ({ derivation }: Pick<Deadline, 'derivation'>): string | null =>
  derivation.by === 'policy' ? derivation.from : null;

/** A step of the deadline that began and ends then. A deadline that comes out otherwise has steps of its own. */
export type StepAhead = { kind: DeadlineKind; begunAt: string; dueAt: string } & DeadlineStep;

/** What a step is called among all of its request, whenever and wherever it is taken. */
export const stepName = ({ kind, begunAt, dueAt, does, to }: Omit<StepAhead, 'at'>): string =>
  [kind, begunAt, dueAt, does, ...(to === null ? [] : [to])].join(' ');
