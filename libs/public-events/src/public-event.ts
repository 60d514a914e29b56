import type { DomainEvent, Recorded } from '#event-sourcing';

/**
 * What subscribers get of an event: a contract of its own, smaller than what is stored, without personal data. Attributes as
 * in CloudEvents 1.0 (https://github.com/cloudevents/spec), times in ISO 8601 UTC, 64-bit numbers as decimal strings.
 */
export type PublicEvent = {
  /** Of the stored event: whoever sees it twice may drop the second. */
  id: string;
  /** `cn.yizhan.request.assigned.v1`; its schema is `contracts/events/<name>.v<version>.json`. */
  type: string;
  /** `/eventstore/<stream>` */
  source: string;
  /** The number of the request, or the code of the station. */
  subject: string;
  /** When it happened. */
  time: string;
  /** When it was appended. */
  recordedtime: string;
  streamrevision: string;
  /** The stream: events with the same key come in order. */
  partitionkey: string;
  /** `$all` commit position. */
  position: string;
  correlationid: string;
  /** Shared by the events of one command. */
  causationid: string;
  /** W3C trace context of the demand, where it came with one. */
  traceparent?: string;
  data: object;
};

/** What a kind of event looks like in public. The fields are named one by one: what is not named is not published. */
export type Publication<Event extends DomainEvent> = {
  /** `<aggregate>.<what happened>`, e.g. `request.assigned`. */
  name: string;
  version: number;
  data: (event: Recorded<Event>) => object;
};

/** One for each type: the compiler asks for those of tomorrow. */
export type Publications<Event extends DomainEvent> = {
  [Type in Event['type']]: Publication<Extract<Event, { type: Type }>>;
};

export const prefix = 'cn.yizhan.';
