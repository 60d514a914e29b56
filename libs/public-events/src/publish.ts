import { type Recorded, nameId } from '#event-sourcing';
import { type Publication, type PublicEvent, prefix } from './public-event.js';
import { requestPublications } from './request.publications.js';
import { stationPublications } from './station.publications.js';

/** Streams that begin with one of these are published; the others hold nothing that anybody else may know. */
export const publishedStreams = ['request-', 'station-'];

/** These our own projections get: every stream that an answer may wait for, or be computed with. */
export const carriedStreams = [...publishedStreams, 'policy-', 'calendar-'];

export const publications: Readonly<Record<string, Publication<never>>> = {
  ...requestPublications,
  ...stationPublications,
};

/** Nothing says how this type of event looks in public. */
export class UnknownPublication extends Error {
  override readonly name = 'UnknownPublication';
}

/** What subscribers get of an event. Throws {@link UnknownPublication}. */
export function publicEvent(event: Recorded): PublicEvent {
  const publication = publications[event.type] as Publication<never> | undefined;
  if (!publication) throw new UnknownPublication(`${event.type} (${event.revision}@${event.stream})`);
  const { traceparent } = event.metadata;
  return {
    id: event.id,
    type: typeOf(publication),
    source: `/eventstore/${event.stream}`,
    subject: event.stream.slice(event.stream.indexOf('-') + 1),
    time: event.occurredAt,
    recordedtime: event.recordedAt,
    streamrevision: event.revision.toString(),
    partitionkey: event.stream,
    position: event.position.toString(),
    correlationid: correlationOf(event.metadata.$correlationId),
    causationid: nameId(event.metadata.$causationId), // the key is the client's own affair
    ...(traceparent !== undefined && { traceparent }),
    data: publication.data(event as never),
  };
}

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

// A caller may have chosen any text, its resident's phone number too: the name made of it says as well what belongs together.
const correlationOf = (chosen: string): string => (uuid.test(chosen) ? chosen : nameId(chosen));

export const typeOf = ({ name, version }: { name: string; version: number }): string =>
  `${prefix}${name}.v${version}`;
