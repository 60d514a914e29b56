import type { DomainEvent } from './decider.js';

/** Who acted: the subject and name of the token, in which role, for which station. */
export type Actor = { subject: string; name: string; role: string; station?: string };

/** Stored beside every event. `$correlationId` and `$causationId` are the event store's own conventions. */
export type Metadata = {
  $correlationId: string;
  $causationId: string;
  /** W3C trace context of the demand, where it came with one. */
  traceparent?: string;
  actor: Actor;
  /** ISO 8601 in UTC; only where it differs from the time of recording (paper entered later, imports). */
  occurredAt?: string;
  /** ISO 8601 in UTC; only on events copied from another store: when they were recorded first. */
  recordedAt?: string;
  /** Version of the event's shape, for upcasts. */
  schema: number;
  /** Fingerprint of the command that made the event: the same idempotency key with another one is refused. */
  commandHash: string;
};

export type EventToAppend<Event extends DomainEvent = DomainEvent> = Event & {
  id: string;
  metadata: Metadata;
};

/** An event as every reader sees it, after upcasting. 64-bit numbers are bigint; times are ISO 8601 in UTC. */
export type Recorded<Event extends DomainEvent = DomainEvent> = Event & {
  id: string;
  stream: string;
  revision: bigint;
  position: bigint;
  recordedAt: string;
  /** When it happened: `metadata.occurredAt`, else the time of recording. */
  occurredAt: string;
  metadata: Metadata;
};

/** Translates a stored event of an older schema into today's shape; every reader applies it as it decodes. */
export type Upcast = (stored: { type: string; data: object; schema: number }) => DomainEvent;
