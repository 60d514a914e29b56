import { connect } from 'node:net';
import { Subscriber } from '../../apps/queries/src/spec/subscriber.js';
import { type StationProcess, endProcesses, startStation } from '../processes/station.process.js';

const path = '/v1/events?type=station.opened,request.logged'; // deadlines come along with each request
const patience = 120_000; // the machine may be busy

describe('events of a station', () => {
  let station: StationProcess;
  let headers: { authorization: string };
  let last: Subscriber;

  const post = async (path: string, body: object, as: string) => {
    const headers = { authorization: `Bearer ${as}`, 'content-type': 'application/json' };
    const answer = await fetch(station.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(await answer.text());
    return (await answer.json()) as { id: string };
  };

  beforeAll(async () => {
    station = await startStation();
    headers = { authorization: `Bearer ${await station.token('analyst')}` };
  }, patience);
  afterAll(endProcesses);

  it(
    'arrive as they are recorded, each with a schema that is served',
    async () => {
      const live = await Subscriber.connect(`${station.url}${path}`, headers);
      const place = { community: '永丰社区', street: '学院路街道', district: '海淀区' };
      const admin = await station.token('admin');
      await post('/v1/stations', { code: 'YFXJ', name: '永丰西里驿站', ...place }, admin);
      const volunteer = await station.token('volunteer', { station: 'YFXJ' });
      const { id } = await post('/v1/requests', { summary: '路面结冰', channel: 'phone' }, volunteer);
      const messages = await live.first(2);
      expect(messages.map(({ event, data }) => [event, data.subject])).toEqual([
        ['cn.yizhan.station.opened.v1', 'YFXJ'],
        ['cn.yizhan.request.logged.v1', id],
      ]);
      for (const { data } of messages) {
        const schema = await fetch(station.url + new URL(data.dataschema).pathname);
        expect(await schema.json()).toMatchObject({ title: data.type, $id: data.dataschema });
      }
      await live.leave();
      const position = messages[0]?.data.position;
      const later = await Subscriber.connect(`${station.url}${path}&from=${position}`, headers);
      expect((await later.first(1)).map(({ data }) => data.subject)).toEqual([id]);
      await later.leave();
      last = live;
    },
    patience,
  );

  it(
    'go on after a restart where they were left, with the same cursor',
    async () => {
      const volunteer = await station.token('volunteer', { station: 'YFXJ' });
      const { id } = await post('/v1/requests', { summary: '灯不亮', channel: 'phone' }, volunteer);
      await station.kill();
      station = await startStation({ home: station.home });
      const cursor = last.lastEventId;
      const back = await Subscriber.connect(`${station.url}${path}`, {
        ...headers,
        'last-event-id': cursor,
      });
      const after = await post('/v1/requests', { summary: '门坏了', channel: 'phone' }, volunteer);
      const messages = await back.first(2);
      expect(messages.map(({ data }) => data.subject)).toEqual([id, after.id]);
      await back.leave();
    },
    patience,
  );

  it(
    'do not keep the station from ending, not even for a reader that takes nothing',
    async () => {
      const following = await Subscriber.connect(`${station.url}/v1/events?from=beginning`, headers);
      const { hostname, port } = new URL(station.url);
      const lazy = connect(Number(port), hostname).pause();
      const asked = new Promise((resolve) => lazy.once('connect', resolve));
      lazy.on('error', () => undefined);
      await asked;
      lazy.write(`GET /v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: ${headers.authorization}\r\n\r\n`);
      await following.first(4);
      expect(await station.stop()).toBe(0);
      expect(await following.ended).toBeUndefined();
      expect(following.comments).toEqual(['the server stops: come back']);
      lazy.destroy();
    },
    patience,
  );
});
