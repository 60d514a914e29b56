import type {
  Callback,
  Channel,
  Handler,
  Level,
  LoggedAt,
  Moved,
  Part,
  Place,
  ResolutionClock,
  ResolvedAnswer,
  Resident,
  SatisfiedAnswer,
  Stated,
  Status,
  ThirdTime,
} from './request.events.js';
import type { DeadlineKind, EscalationStep } from '#policies';
import type { Terms } from './request.deadlines.js';

/**
 * What can be asked of a request. `by` names the unit that acts for itself; without it somebody acts on the holder's
 * behalf. `at` (ISO 8601, UTC) tells two equal notes apart. With `terms` deadlines are set; without, none are.
 */
export type RequestCommand = Said & { terms?: Terms | undefined };

type Said =
  | {
      type: 'LogRequest';
      data: {
        requestId: string;
        station: LoggedAt;
        summary: string;
        details?: string | undefined;
        category?: string | undefined;
        place?: Place | undefined;
        resident?: Resident | undefined;
        residentDistrict?: string | undefined;
        channel: Channel;
        paper?: { page: number; line: number } | undefined;
        source?: { system: string; key: string } | undefined;
        /** Given by the source: they are not counted. */
        deadlines?: { kind: DeadlineKind; dueAt: string }[] | undefined;
        partOf?: string | undefined;
        resolutionClock?: ResolutionClock | undefined;
      };
    }
  | {
      type: 'Assign';
      data: {
        to: Handler;
        helpers?: Handler[] | undefined;
        note?: string | undefined;
        makeLead?: boolean | undefined;
        /** The lead that whoever asks knows of: it has not passed to a third one meanwhile. */
        leadFrom?: string | undefined;
      };
    }
  | { type: 'Accept'; data: { by?: string | undefined } }
  | { type: 'Return'; data: { by?: string | undefined; reason: string } }
  | { type: 'Claim'; data: { by: Handler } }
  | { type: 'RecordProgress'; data: { by?: string | undefined; note: string; at: string } }
  | {
      type: 'ContactResident';
      data: {
        by?: string | undefined;
        reached: boolean;
        channel: Channel;
        note?: string | undefined;
        at: string;
      };
    }
  | { type: 'Resolve'; data: { by?: string | undefined; outcome: string } & OverParts }
  | {
      type: 'RecordCallback';
      data: {
        contacted: boolean;
        contactedByUnit?: boolean | undefined;
        resolved?: ResolvedAnswer | undefined;
        satisfied?: SatisfiedAnswer | undefined;
        note?: string | undefined;
        at: string;
        /** The request merged into this one whose resident was asked. */
        caller?: string | undefined;
      };
    }
  | { type: 'Close'; data: { note?: string | undefined } & OverParts }
  | { type: 'Reopen'; data: { reason: string } }
  | { type: 'Escalate'; data: { to: Exclude<Level, 'station'>; reason: string } }
  | {
      type: 'EscalateByRule';
      data: { rule: ThirdTime; count: number } | ({ rule: 'deadline' } & CallingStep);
    }
  | { type: 'Warn'; data: StepDue }
  | { type: 'Supervise'; data: CallingStep }
  | { type: 'Pause'; data: { approver: string; reason: string } }
  | { type: 'Resume'; data: { note?: string | undefined } }
  | { type: 'Recategorise'; data: { category: string; reason?: string | undefined } }
  | { type: 'Correct'; data: { changes: Partial<Stated>; reason: string } }
  | { type: 'RecomputeDeadlines'; data: Record<string, never> }
  | { type: 'MergeInto'; data: { into: string; target: MergeTarget; reason: string } }
  | {
      type: 'Unmerge';
      data: { reason: string; callbacks: Callback[]; trigger?: 'hand' | 'turned-away' | undefined };
    }
  | {
      type: 'TakeIn';
      data: { request: string; resident: Resident | null; callbacks: number; moved?: Moved | undefined };
    }
  | { type: 'GiveBack'; data: { request: string } }
  | { type: 'BringBack'; data: { from: string; callbacks: Callback[] } }
  | { type: 'Split'; data: { reason: string; parts: Part[] } }
  | { type: 'Withdraw'; data: { reason: string } & Pick<OverParts, 'openParts'> }
  | { type: 'Exclude'; data: { approver: string; reason: string } & Pick<OverParts, 'openParts'> };

/**
 * A step of a deadline that is due `now` (ISO 8601, UTC). It is taken if the deadline still is the one that began and ends
 * then, and nobody has taken it: what comes too late changes nothing.
 */
export type StepDue = { kind: DeadlineKind; begunAt: string; dueAt: string; now: string };
type CallingStep = StepDue & { to: EscalationStep['to'] };

/** How the other request stood when it was looked at. */
export type MergeTarget = {
  status: Status;
  district: string | null;
  partOf: string | null;
  mergedInto: string | null;
};

/** Which parts were still open when they were looked at (all of them where nobody looked), and why it ends all the same. */
type OverParts = { openParts?: string[] | undefined; evenThough?: string | undefined };

export type CommandOf<Type extends RequestCommand['type']> = Extract<RequestCommand, { type: Type }>;
