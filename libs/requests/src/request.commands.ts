import type {
  Channel,
  Handler,
  Level,
  LoggedAt,
  Place,
  ResolvedAnswer,
  Resident,
  SatisfiedAnswer,
  Stated,
} from './request.events.js';
import type { DeadlineKind } from '#policies';
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
      };
    }
  | {
      type: 'Assign';
      data: {
        to: Handler;
        helpers?: Handler[] | undefined;
        note?: string | undefined;
        makeLead?: boolean | undefined;
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
  | { type: 'Resolve'; data: { by?: string | undefined; outcome: string } }
  | {
      type: 'RecordCallback';
      data: {
        contacted: boolean;
        resolved?: ResolvedAnswer | undefined;
        satisfied?: SatisfiedAnswer | undefined;
        note?: string | undefined;
        at: string;
      };
    }
  | { type: 'Close'; data: { note?: string | undefined } }
  | { type: 'Reopen'; data: { reason: string } }
  | { type: 'Escalate'; data: { to: Exclude<Level, 'station'>; reason: string } }
  | { type: 'Pause'; data: { approver: string; reason: string } }
  | { type: 'Resume'; data: { note?: string | undefined } }
  | { type: 'Recategorise'; data: { category: string; reason?: string | undefined } }
  | { type: 'Correct'; data: { changes: Partial<Stated>; reason: string } }
  | { type: 'Withdraw'; data: { reason: string } }
  | { type: 'RecomputeDeadlines'; data: Record<string, never> }
  | { type: 'Exclude'; data: { approver: string; reason: string } };

export type CommandOf<Type extends RequestCommand['type']> = Extract<RequestCommand, { type: Type }>;
