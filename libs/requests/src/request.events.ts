import type { Pause } from '#calendar';
import type { Deadline, StepTaken } from './request.deadline.js';

export const statuses = [
  'unlogged',
  'logged',
  'returned',
  'assigned',
  'accepted',
  'resolved',
  'reopened',
  'closed',
  'merged',
  'withdrawn',
  'excluded',
] as const;
export type Status = (typeof statuses)[number];

/** Still somebody's work: not resolved, closed, merged, withdrawn or excluded. */
export const openStatuses: readonly Status[] = ['logged', 'returned', 'assigned', 'accepted', 'reopened'];
export const isOpen = (status: Status): boolean => openStatuses.includes(status);

/** The levels a request climbs when it is escalated. */
export const levels = ['station', 'community', 'street', 'district'] as const;
export type Level = (typeof levels)[number];

export const channels = ['walk-in', 'phone', 'online', 'patrol', 'paper'] as const;
export type Channel = (typeof channels)[number];

export const handlerKinds = [
  'property',
  'contractor',
  'committee',
  'department',
  'partner',
  'volunteer',
  'neighbour',
] as const;
/** 承办单位: who mends it. `id` is the unit in the handler's token. */
export type Handler = { id: string; kind: (typeof handlerKinds)[number]; name: string };

/** The station as it was when the request was logged. */
export type LoggedAt = {
  code: string;
  name: string;
  community: string;
  street: string;
  district: string;
  /** IANA name, e.g. `Asia/Shanghai`: the register's days are days there. */
  timeZone: string;
};

export type Place = { building: string | null; unit: string | null };

/** Personal data. Walk-ins may stay anonymous. */
export type Resident = { name: string | null; phone: string | null; flat: string | null };

export const resolvedAnswers = ['yes', 'partly', 'no'] as const;
export const satisfiedAnswers = ['yes', 'mostly', 'no', 'not-rated'] as const;
export type ResolvedAnswer = (typeof resolvedAnswers)[number];
export type SatisfiedAnswer = (typeof satisfiedAnswers)[number];

/** One attempt to ask a resident. Somebody who was not reached has answered nothing. */
export type Callback = {
  attempt: number;
  /** Whether our call reached her. */
  contacted: boolean;
  /** What she says of the unit: that it had been in touch with her. Absent where she was not asked. */
  contactedByUnit?: boolean;
  resolved: ResolvedAnswer | null;
  satisfied: SatisfiedAnswer | null;
  note: string | null;
  at: string;
};

/** 退单拉锯: what calls the level above every third time. */
export type ThirdTime = 'third-return' | 'third-reopening';

/** What becomes a request of its own when one is split. */
export type Part = { requestId: string; summary: string; details: string | null; category: string | null };

/** When a request began to be held to its resolution (ISO 8601, UTC), and when that clock stood still. */
export type ResolutionClock = { from: string; pauses: readonly Pause[] };

/** What was said when a request was ended although parts of it were still somebody's work. */
export type EvenThough = { parts: string[]; reason: string };

// These type names and shapes are stored for ever. Add optional fields freely; anything else goes through
// request.upcast.ts. Absent facts are null. `at` is ISO 8601 in UTC.
export type RequestEvent =
  | {
      type: 'RequestLogged';
      data: {
        requestId: string;
        station: LoggedAt;
        summary: string;
        details: string | null;
        category: string | null;
        place: Place;
        resident: Resident | null;
        /** The district the resident lives in, where it is known and may differ from the station's. */
        residentDistrict: string | null;
        channel: Channel;
        /** Where it stands in the paper register. */
        paper: { page: number; line: number } | null;
        /** Where it was imported from. */
        source: { system: string; key: string } | null;
        /** The request it was split from; absent where a resident asked. */
        partOf?: string;
        /** Its parent's, which goes on in it; absent where that had none of its own. */
        resolutionClock?: ResolutionClock;
      };
    }
  | { type: 'Assigned'; data: { to: Handler; helpers: Handler[]; note: string | null } }
  | { type: 'LeadTransferred'; data: { from: Handler; to: Handler } }
  | { type: 'Accepted'; data: { by: Handler; implied: boolean } }
  | { type: 'Returned'; data: { by: Handler; reason: string } }
  | { type: 'Claimed'; data: { by: Handler } }
  | { type: 'ProgressRecorded'; data: { note: string; at: string } }
  | {
      type: 'ResidentContacted';
      data: { reached: boolean; channel: Channel; note: string | null; at: string };
    }
  | { type: 'Resolved'; data: { by: Handler; outcome: string; evenThough?: EvenThough } }
  // `caller` is the request merged into this one whose resident was asked; absent: its own.
  // `from`: made by the request it was merged into, in the moment of unmerging, and brought back afterwards.
  | { type: 'CallbackRecorded'; data: Callback & { caller?: string; from?: string } }
  | { type: 'ResidentUnreachable'; data: { attempts: number; caller: string | null } }
  | { type: 'Closed'; data: { note: string | null; evenThough?: EvenThough } }
  | { type: 'Reopened'; data: { reason: string; trigger: 'hand' | 'callback' } }
  | {
      type: 'Escalated';
      data: {
        from: Level;
        to: Level;
        reason: string;
        trigger: 'hand' | ThirdTime | 'deadline';
        /** Which return or reopening it was, where a rule counted them. */
        count?: number;
        /** The deadline that had passed. */
        deadline?: StepTaken;
      };
    }
  | { type: 'ClockPaused'; data: { approver: string; reason: string; at?: string } }
  | { type: 'ClockResumed'; data: { note: string | null; at?: string } }
  | { type: 'DeadlineSet'; data: Deadline }
  | { type: 'DeadlineNeared'; data: StepTaken }
  // 督办: from now on that level watches.
  | { type: 'Supervised'; data: { by: Level } & StepTaken }
  | { type: 'Recategorised'; data: { from: string | null; to: string; reason: string | null } }
  | { type: 'Corrected'; data: { changes: Partial<Stated>; reason: string } }
  // Merging takes two streams: what was merged has decided, the other one follows with TookIn, and GaveBack after Unmerged.
  | { type: 'Merged'; data: { into: string; reason: string } }
  | {
      type: 'Unmerged';
      data: {
        from: string;
        /** The status it had before it was merged. */
        backTo: Status;
        reason: string;
        trigger: 'hand' | 'turned-away';
        /** How its resident was asked in the meantime. */
        callbacks: Callback[];
      };
    }
  | {
      type: 'TookIn';
      data: { request: string; resident: Resident | null; callbacks: number } & Partial<Moved>;
    }
  | { type: 'GaveBack'; data: { request: string } }
  | { type: 'Split'; data: { reason: string; parts: Part[] } }
  | { type: 'Withdrawn'; data: { reason: string } }
  | { type: 'Excluded'; data: { approver: string; reason: string } };

/** The deadlines of a request that was merged, those that ran, and when they moved (ISO 8601, UTC). Old events do not say. */
export type Moved = { at: string; deadlines: readonly Deadline[] };

/** What was stated when the request was logged, and may be corrected. */
export type Stated = { summary: string; details: string | null; place: Place; resident: Resident | null };
export const statedFields = ['summary', 'details', 'place', 'resident'] as const satisfies (keyof Stated)[];

/** Every request lives in a stream of its own: `request-<id>`. */
export const requestStream = (requestId: string): string => `request-${requestId}`;
