import { inspect } from 'node:util';
import { fromRecord } from '#event-bus';
import type { Recorded } from '#event-sourcing';
import { Contract, ContractBroken, asyncApi, publicEvent, publicTopic, readSchemas } from '#public-events';
import { canary, canaryEvents } from '../../../libs/public-events/src/canary.fixture.js';
import { relayedTopics } from './relayed-topics.js';

type AsyncApi = { components: { schemas: { headers: { properties: object } } } };

const base = 'https://yizhan.example';
const contract = new Contract();
const onPublicTopic = (held: Contract) => {
  const outlet = relayedTopics(held, base).find(({ topic }) => topic === publicTopic);
  return (event: Recorded) => outlet!.toRecord(event, 4708n);
};

describe('what the relay carries to the public topic', () => {
  it.each(canaryEvents.map((event) => [event.type, event] as const))(
    'of %s is what its schema says, and tells of no person in key, value or headers',
    (_, event) => {
      expect(inspect(event, { depth: null })).toContain(canary);
      const record = onPublicTopic(contract)(event);
      expect(JSON.stringify(record)).not.toMatch(/CANARY|李奶奶|13800000000/);
      const { id, type, data } = fromRecord(record);
      expect(() => contract.check({ id, type, data })).not.toThrow();
      expect(record).toMatchObject({
        key: event.stream,
        headers: {
          'content-type': 'application/json',
          ce_type: publicEvent(event).type,
          ce_dataschema: base + Contract.path(type),
          ce_id: event.id,
          ce_position: '4711',
          ce_prevposition: '4708',
        },
      });
    },
  );

  it('says which trace it belongs to, on both topics and nowhere else, and the document names every header', () => {
    const [event] = canaryEvents as [Recorded];
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const traced = { ...event, metadata: { ...event.metadata, traceparent } };
    for (const outlet of relayedTopics(contract, base)) {
      expect(outlet.toRecord(traced, 4708n).headers).toMatchObject({ traceparent });
      expect(outlet.toRecord(event, 4708n).headers).not.toHaveProperty('traceparent');
    }
    const { name: topic, partitions } = publicTopic;
    const options = { topic, partitions, base };
    const { components } = asyncApi(readSchemas(), options) as AsyncApi;
    const headers = Object.keys(onPublicTopic(contract)(traced).headers);
    expect(Object.keys(components.schemas.headers.properties).toSorted()).toEqual(headers.toSorted());
  });

  it('is nothing that breaks its schema', () => {
    // The same schemas, none of which knows a field.
    const strict = new Contract(
      new Map(
        [...readSchemas()].map(([type, schema]) => [type, { ...schema, properties: {}, required: [] }]),
      ),
    );
    for (const event of canaryEvents) expect(() => onPublicTopic(strict)(event)).toThrow(ContractBroken);
  });

  it('is nothing of a type without a schema', () =>
    expect(() => onPublicTopic(new Contract(new Map()))(canaryEvents[0] as Recorded)).toThrow(
      ContractBroken,
    ));
});
