import { type Server, type ServerResponse, createServer } from 'node:http';
import { type AddressInfo, type Socket, connect } from 'node:net';
import { Subscriber } from '../spec/subscriber.js';
import { EventStream, SlowReader, usualPace } from './event-stream.js';
import type { Published } from './publishing.js';

const cursor = { at: String, read: BigInt };
const event = (position: bigint, filling = ''): Published => ({
  position,
  name: 'request.logged',
  place: undefined,
  text: `event: e\ndata: "${filling}"\n\n`,
});
const never = new AbortController().signal;

const flood = async (stream: EventStream, signal: AbortSignal) => {
  for (let position = 8n; !signal.aborted; position += 1n) {
    await stream.send({ events: [event(position, 'x'.repeat(50_000))], position }, signal);
  }
};

describe('a stream of events', () => {
  let server: Server;
  let response: Promise<ServerResponse>;
  const sockets: Socket[] = [];

  beforeEach(async () => {
    const { promise, resolve } = Promise.withResolvers<ServerResponse>();
    response = promise;
    server = createServer((_, answer) => resolve(answer));
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  });
  afterEach(async () => {
    sockets.splice(0).forEach((socket) => socket.destroy());
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });

  const port = () => (server.address() as AddressInfo).port;
  const opened = async (pace = usualPace) => {
    const stream = new EventStream(await response, cursor, 7n, pace);
    stream.open({ 'x-correlation-id': 'c' });
    return stream;
  };
  const subscribed = async (pace = usualPace): Promise<[EventStream, Subscriber]> => {
    const [subscriber, stream] = await Promise.all([
      Subscriber.connect(`http://127.0.0.1:${port()}`, {}),
      opened(pace),
    ]);
    return [stream, subscriber];
  };

  it('is given a sign of life every 15 seconds, and given up after 30 in which nothing was taken', () => {
    expect(usualPace).toEqual({ heartbeat: 15_000, patience: 30_000, farewell: 2_000 });
  });

  it('begins with a cursor and ends with the reason', async () => {
    const [stream, subscriber] = await subscribed();
    expect(subscriber.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    await subscriber.until(() => subscriber.lastEventId === '7');
    await stream.send({ events: [event(8n), event(9n)], position: 12n }, never);
    stream.close('the reason');
    expect(await subscriber.ended).toBeUndefined();
    expect(subscriber.messages.map(({ id }) => id)).toEqual(['8', '9']);
    expect(subscriber.comments).toEqual(['the reason']);
  });

  it('lives on in silence, and carries the cursor along', async () => {
    const [stream, subscriber] = await subscribed({ ...usualPace, heartbeat: 20 });
    await subscriber.until(() => subscriber.comments.length >= 2);
    expect(subscriber.lastEventId).toBe('7');
    await stream.send({ events: [], position: 4711n }, never);
    await subscriber.until(() => subscriber.lastEventId === '4711');
    expect(subscriber.messages).toEqual([]);
    stream.close('');
    await subscriber.ended;
  });

  // It asks, and then reads nothing.
  const lazy = () => {
    const socket = connect(port(), '127.0.0.1').pause();
    sockets.push(socket.on('error', () => undefined));
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  };

  it('cuts a reader off that takes nothing, and has kept little for it', async () => {
    lazy();
    const stream = await opened({ ...usualPace, patience: 200 });
    await expect(flood(stream, never)).rejects.toThrow(SlowReader);
    expect((await response).writableLength).toBeLessThan(200_000);
    expect(BigInt(stream.reached)).toBeGreaterThan(7n);
    stream.cut();
    expect((await response).destroyed).toBe(true);
  });

  it('does not wait for such a reader at the end', async () => {
    lazy();
    const stream = await opened();
    const leaving = new AbortController();
    const flooded = flood(stream, leaving.signal);
    const answer = await response;
    while (!answer.writableNeedDrain) await new Promise((turn) => setImmediate(turn));
    leaving.abort();
    await flooded;
    stream.close('the server stops');
    expect(answer.destroyed).toBe(true);
  });
});
