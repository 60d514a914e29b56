import type { AnySchemaObject } from 'ajv/dist/2020.js';
import { Contract, type Schemas } from './schemas.js';

type Options = {
  /** The topic all of them are on, and into how many partitions it is divided. */
  topic: string;
  partitions: number;
  /** Where the schemas are served, e.g. `https://yizhan.example`. */
  base: string;
};

/** The AsyncAPI 3.1 document of everything that is published, made of the schemas. */
export function asyncApi(schemas: Schemas, { topic, partitions, base }: Options): object {
  const described = [...schemas].map(([type, schema]) => [nameOf(type), message(type, schema, base)]);
  const names = described.map(([name]) => name as string);
  return {
    asyncapi: '3.1.0',
    info: {
      title: 'Yizhan 驿站: events',
      version: '1',
      description:
        'What happens to residents’ requests, without personal data. Within a version of a type there are only additions: ' +
        'ignore fields that you do not know. Delivered at least once: drop an event whose ce_id you have seen. Position alone does ' +
        'not tell: where Kafka lost records, they are carried again behind some that came after them. Whoever needs the order takes ' +
        'a record only if its ce_prevposition is not above the last ce_position taken of its partition; what is passed over ' +
        'comes again behind what was missing.',
    },
    defaultContentType: 'application/json',
    channels: {
      events: {
        address: topic,
        description:
          'In each partition the order of the event store, from which only what is carried again stands apart; a stream is in one partition.',
        messages: Object.fromEntries(names.map((name) => [name, reference('components/messages')(name)])),
        bindings: {
          kafka: {
            topic,
            partitions,
            topicConfiguration: { 'cleanup.policy': ['delete'], 'retention.ms': -1 },
            bindingVersion: '0.5.0',
          },
        },
      },
    },
    operations: {
      publishEvents: {
        action: 'send',
        channel: { $ref: '#/channels/events' },
        summary: 'The relay publishes every event once it is stored.',
        messages: names.map(reference('channels/events/messages')),
      },
    },
    components: { messages: Object.fromEntries(described), schemas: { headers } },
  };
}

function message(type: string, schema: AnySchemaObject, base: string): object {
  const { description, ...payload } = schema;
  return {
    name: type,
    title: type,
    summary: description as string,
    contentType: 'application/json',
    headers: { $ref: '#/components/schemas/headers' },
    payload: {
      schemaFormat: 'application/schema+json;version=draft-2020-12',
      schema: { ...payload, $id: base + Contract.path(type) },
    },
    bindings: {
      kafka: { key: { type: 'string', description: 'Name of the stream' }, bindingVersion: '0.5.0' },
    },
  };
}

const text = (description: string, example: string) => ({ type: 'string', description, examples: [example] });

// CloudEvents 1.0, Kafka protocol binding, binary mode.
const headers = {
  type: 'object',
  properties: {
    'content-type': text('Of the payload', 'application/json'),
    ce_specversion: text('Of CloudEvents', '1.0'),
    ce_id: text('Of the event: the same twice is the same event', '0b6f3a52-7a3c-5d0e-8a4c-0c2c4b4b6a11'),
    ce_type: text('What happened', 'cn.yizhan.request.assigned.v1'),
    ce_source: text('Its stream', '/eventstore/request-YFXJ-261122-7K3QX'),
    ce_subject: text('Number of the request or code of the station', 'YFXJ-261122-7K3QX'),
    ce_time: text('When it happened, UTC', '2026-11-22T02:30:00.000Z'),
    ce_dataschema: text(
      'Where its JSON Schema is',
      'https://yizhan.example/schemas/request.assigned.v1.json',
    ),
    ce_recordedtime: text('When it was appended, UTC', '2026-11-22T02:30:00.000Z'),
    ce_streamrevision: text('Revision within its stream', '1'),
    ce_partitionkey: text('The key of the record', 'request-YFXJ-261122-7K3QX'),
    ce_position: text('Position in the order of the whole store', '4711'),
    ce_prevposition: text('Position of the record before it in the same partition; 0 for the first', '4708'),
    ce_correlationid: text('Shared by all that came of one demand', 'b7d7c9a2-9c3a-4f6f-9a52-6d7a1f3c9e10'),
    ce_causationid: text('Shared by the events of one command', '2f1c1f0e-52c5-5b6e-8f5c-1a2b3c4d5e6f'),
    traceparent: text(
      'W3C trace context of the demand, where it came with one',
      '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    ),
  },
  required: ['ce_specversion', 'ce_id', 'ce_type', 'ce_source', 'ce_position', 'ce_prevposition'],
};

// References end in names without dots or slashes: request.assigned.v1 reads as request-assigned-v1.
const nameOf = (type: string): string => type.split('.').slice(2).join('-');

const reference = (place: string) => (name: string) => ({ $ref: `#/${place}/${name}` });
