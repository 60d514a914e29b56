import { CloudEvent as OracleEvent, Kafka as Oracle, type KafkaMessage } from 'cloudevents';
import { type CloudEvent, UnreadableRecord, fromRecord, toRecord } from './cloud-event.js';

const event: CloudEvent = {
  id: '5f0c1c9e-58c1-5d4b-9a43-7f5f3f1c0d11',
  type: 'cn.yizhan.request.assigned.v1',
  source: '/eventstore/request-YFXJ-261122-7K3QX',
  subject: 'YFXJ-261122-7K3QX',
  time: '2026-11-22T08:30:00.000Z',
  dataschema: 'https://yizhan.example/schemas/request.assigned.v1.json',
  recordedtime: '2026-11-22T08:31:00.000Z',
  streamrevision: 1n,
  partitionkey: 'request-YFXJ-261122-7K3QX',
  position: 9007199254740993n,
  prevposition: 0n,
  correlationid: 'c-1',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  data: { to: { unit: 'property' }, note: '冰' },
};

it('comes back as it was', () => expect(fromRecord(toRecord(event))).toEqual(event));

it('stands on the topic like this', () => {
  expect(toRecord(event)).toEqual({
    key: 'request-YFXJ-261122-7K3QX',
    value: '{"to":{"unit":"property"},"note":"冰"}',
    headers: {
      'content-type': 'application/json',
      ce_specversion: '1.0',
      ce_id: '5f0c1c9e-58c1-5d4b-9a43-7f5f3f1c0d11',
      ce_type: 'cn.yizhan.request.assigned.v1',
      ce_source: '/eventstore/request-YFXJ-261122-7K3QX',
      ce_subject: 'YFXJ-261122-7K3QX',
      ce_time: '2026-11-22T08:30:00.000Z',
      ce_dataschema: 'https://yizhan.example/schemas/request.assigned.v1.json',
      ce_recordedtime: '2026-11-22T08:31:00.000Z',
      ce_streamrevision: '1',
      ce_partitionkey: 'request-YFXJ-261122-7K3QX',
      ce_position: '9007199254740993',
      ce_prevposition: '0',
      ce_correlationid: 'c-1',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    },
  });
});

describe('the official CloudEvents SDK', () => {
  it('reads what we write', () => {
    const { key, value, headers } = toRecord(event);
    const message: KafkaMessage<string> = { key, value, headers: { ...headers }, body: value };
    const read = Oracle.toEvent(message) as OracleEvent<object>;
    expect(read.validate()).toBe(true);
    const { streamrevision, position, prevposition, traceparent: _, ...texts } = event;
    const counts = { streamrevision: '1', position: '9007199254740993', prevposition: '0' };
    expect([streamrevision, position, prevposition].map(String)).toEqual(Object.values(counts));
    expect(read).toMatchObject({ ...texts, ...counts, specversion: '1.0' });
  });

  it('writes what we read', () => {
    const { data, traceparent: _, ...attributes } = event;
    const texts = Object.entries(attributes).map(([name, value]) => [name, String(value)]);
    const written = Oracle.binary(new OracleEvent({ ...Object.fromEntries(texts), data }));
    const headers = Object.fromEntries(
      Object.entries(written.headers).filter((header): header is [string, string] => header[1] !== undefined),
    );
    const read = fromRecord({ key: written.key as string, value: JSON.stringify(written.value), headers });
    expect(read).toEqual({ ...attributes, data });
  });
});

describe('what is no event of ours is refused', () => {
  const record = toRecord(event);

  it.each(Object.keys(record.headers).filter((name) => /^ce_(?!correlationid)/.test(name)))(
    'without %s',
    (name) => {
      const headers = Object.fromEntries(Object.entries(record.headers).filter(([one]) => one !== name));
      expect(() => fromRecord({ ...record, headers })).toThrow(UnreadableRecord);
    },
  );

  it.each([
    ['another version of CloudEvents', { ce_specversion: '2.0' }],
    ['a position that is no number', { ce_position: '-1' }],
  ])('%s', (_, headers) => {
    expect(() => fromRecord({ ...record, headers: { ...record.headers, ...headers } })).toThrow(
      UnreadableRecord,
    );
  });

  it.each(['', 'no JSON', '"text"', '[]', 'null'])('a value like %s', (value) => {
    expect(() => fromRecord({ ...record, value })).toThrow(UnreadableRecord);
  });
});
