import type { Handler, Level, RequestEvent, Status } from '#requests';

// What of the answers of GET /v1/requests/:id and …/history is shown here.

export type RequestAnswer = {
  id: string;
  revision: string;
  status: Status;
  category: string | null;
  summary: string;
  details: string | null;
  station: {
    code: string;
    name: string;
    community: string;
    street: string;
    district: string;
    timeZone: string;
  };
  place: { building: string | null; unit: string | null };
  resident: { name: string | null; phone: string | null; flat: string | null } | null;
  holder: Handler | null;
  holderSince: string | null;
  lead: Handler | null;
  helpers: Handler[];
  level: Level;
  paused: boolean;
  outcome: string | null;
  loggedAt: string;
  updatedAt: string;
  returns: number;
  reopenings: number;
  callbacks: number;
  mergedInto: string | null;
  callers: { request: string }[];
  partOf: string | null;
  parts: { id: string; summary: string | null }[];
};

export type EventAnswer = RequestEvent & {
  actor: { name: string; role: string; station: string | null };
  occurredAt: string;
  recordedAt: string;
};

export type HistoryAnswer = { request: RequestAnswer; events: EventAnswer[] };
