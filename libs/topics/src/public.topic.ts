import { type OutgoingRecord, toRecord } from '#event-bus';
import type { Recorded } from '#event-sourcing';
import { Contract, publicEvent } from '#public-events';

/**
 * `schemas`: where they are served, e.g. `https://yizhan.example`. `previous`: the position of the record before it in its
 * partition, 0 for the first. Throws where the event has no public shape or does not keep to its contract.
 */
export function toPublicRecord(
  event: Recorded,
  previous: bigint,
  { contract, schemas }: { contract: Contract; schemas: string },
): OutgoingRecord {
  const published = publicEvent(event);
  contract.check(published);
  return toRecord({
    ...published,
    dataschema: schemas + Contract.path(published.type),
    streamrevision: event.revision,
    position: event.position,
    prevposition: previous,
  });
}
