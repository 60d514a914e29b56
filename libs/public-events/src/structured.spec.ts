import { CloudEvent, HTTP } from 'cloudevents';
import { canaryEvents } from './canary.fixture.js';
import { publicEvent } from './publish.js';
import { structured } from './structured.js';

describe('a public event in structured mode', () => {
  const events = canaryEvents.map((event) => structured(publicEvent(event), 'https://yizhan.example'));

  it('looks like this', () =>
    expect(events.find(({ type }) => type === 'cn.yizhan.request.returned.v1')).toEqual({
      specversion: '1.0',
      id: '0b6f3a52-7a3c-5d0e-8a4c-0c2c4b4b6a11',
      type: 'cn.yizhan.request.returned.v1',
      source: '/eventstore/request-YFXJ-261122-7K3QQ',
      subject: 'YFXJ-261122-7K3QQ',
      time: '2026-11-22T01:30:00.000Z',
      dataschema: 'https://yizhan.example/schemas/request.returned.v1.json',
      datacontenttype: 'application/json',
      recordedtime: '2026-11-22T01:31:00.000Z',
      streamrevision: '3',
      partitionkey: 'request-YFXJ-261122-7K3QQ',
      position: '4711',
      correlationid: expect.stringMatching(/^[\da-f-]{36}$/),
      causationid: expect.stringMatching(/^[\da-f-]{36}$/),
      data: {
        requestId: 'YFXJ-261122-7K3QQ',
        station: 'YFXJ',
        by: { kind: 'neighbour', id: null, name: null },
      },
    }));

  it.each(events)('is read by the official SDK as it was: $type', (event) => {
    const headers = { 'content-type': 'application/cloudevents+json' };
    const read = HTTP.toEvent({ headers, body: JSON.stringify(event) }) as CloudEvent<object>;
    expect(read.validate()).toBe(true);
    expect(JSON.parse(JSON.stringify(read))).toEqual(event);
  });
});
