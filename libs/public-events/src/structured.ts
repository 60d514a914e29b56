import type { PublicEvent } from './public-event.js';
import { Contract } from './schemas.js';

/** A CloudEvent 1.0 in JSON, structured mode. */
export type StructuredEvent = PublicEvent & {
  specversion: '1.0';
  /** URL of its JSON Schema. */
  dataschema: string;
  datacontenttype: 'application/json';
};

/**
 * A public event with the attributes it has on the topic. The one of them that is missing, `prevposition`, speaks of the
 * partitions of a topic. `schemas`: where they are served, e.g. `https://yizhan.example`.
 */
export function structured({ data, ...attributes }: PublicEvent, schemas: string): StructuredEvent {
  return {
    specversion: '1.0',
    ...attributes,
    dataschema: schemas + Contract.path(attributes.type),
    datacontenttype: 'application/json',
    data,
  };
}
