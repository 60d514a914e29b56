import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { bareConnection, beginCall } from './bare-calls.js';
import { startMeasuredNode, type Held, type MeasuredNode } from './measured-node.process.js';
import { servesAClient } from './well-behaved.client.js';

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
const SETTINGS = Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]);
const MiB = 1024 * 1024;
// Of a thousand connections: those of the well-behaved client that are just closing.
const FEW = 10;

const TALK: [what: string, bytes: () => Buffer | string][] = [
  ['an HTTP/1 request', () => 'GET /ping HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['nothing', () => ''],
  ['bytes by chance', () => randomBytes(2000)],
  ['half a preface', () => PREFACE.subarray(0, 10)],
  ['a preface and bytes by chance', () => Buffer.concat([PREFACE, randomBytes(500)])],
  [
    'a header frame cut short',
    () => Buffer.concat([PREFACE, SETTINGS, Buffer.from([0, 1, 0, 1, 4, 0, 0, 0, 1, 0x82])]),
  ],
  [
    'a frame longer than any',
    () => Buffer.concat([PREFACE, SETTINGS, Buffer.from([0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 1])]),
  ],
  [
    'a TLS handshake',
    () => Buffer.concat([Buffer.from([0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3]), randomBytes(500)]),
  ],
];

describe('garbage on the port', () => {
  let node: MeasuredNode;
  beforeAll(async () => {
    node = await startMeasuredNode();
    expect(await servesAClient(node.connectionString)).toBe(true);
  });
  afterAll(async () => expect(await node.stop()).toBe(true));

  it.each(TALK)('%s, a thousand times, neither kills nor stays', async (_what, bytes) => {
    await visits(100, bytes);
    const before = await settled();
    await visits(1000, bytes);
    expect(await servesAClient(node.connectionString)).toBe(true);
    const after = await settled();
    expect(after.files).toBeLessThan(before.files + FEW);
    expect(after.handles).toBeLessThan(before.handles + FEW);
    expect(after.bytes - before.bytes).toBeLessThan(3 * MiB);
  });

  it('10,000 idle calls and 2,000 idle connections hold up nobody, and leave nothing behind', async () => {
    await idle(500, 100, () => Promise.resolve());
    const before = await settled();
    await idle(10_000, 2000, async () => {
      expect(await servesAClient(node.connectionString)).toBe(true);
      // A client is connected before a busy node has taken its connection from the queue.
      let held = await node.measure();
      for (let tries = 0; tries < 30 && held.files < before.files + 2000; tries += 1)
        held = await node.measure();
      expect(held.files).toBeGreaterThanOrEqual(before.files + 2000);
    });
    expect(await servesAClient(node.connectionString)).toBe(true);
    const after = await settled();
    expect(after.files).toBeLessThan(before.files + FEW);
    expect(after.bytes - before.bytes).toBeLessThan(20 * MiB);
  }, 180_000);

  it('a connection that says nothing, not even to a ping, is dropped', async () => {
    const silent = await open();
    await once(silent, 'close');
    expect(await servesAClient(node.connectionString)).toBe(true);
  }, 120_000);

  async function open(): Promise<Socket> {
    const socket = connect(node.port, '127.0.0.1').on('error', () => undefined);
    await once(socket, 'connect');
    return socket.resume();
  }

  /** What it holds when connections that were left have ended: on a busy machine that takes a while. */
  async function settled(): Promise<Held> {
    let [last, now] = [await node.measure(), await node.measure()];
    for (let tries = 0; tries < 100 && now.files < last.files; tries += 1) {
      await wait(500);
      [last, now] = [now, await node.measure()];
    }
    return now;
  }

  async function visits(count: number, bytes: () => Buffer | string): Promise<void> {
    for (let at = 0; at < count; at += 50) {
      const sockets = await Promise.all(Array.from({ length: 50 }, open));
      for (const socket of sockets) socket.write(bytes());
      await wait(10);
      for (const socket of sockets) socket.destroy();
    }
  }

  async function idle(calls: number, connections: number, meanwhile: () => Promise<void>): Promise<void> {
    // Not more at once than the queue of a busy node takes: a silent connection that falls out of it is heard of late or never.
    const sockets: Socket[] = [];
    while (sockets.length < connections)
      sockets.push(...(await Promise.all(Array.from({ length: 100 }, open))));
    const sessions = Array.from({ length: 10 }, () => bareConnection(node.port));
    for (const session of sessions) for (let at = 0; at < calls / 10; at++) beginCall(session, 'BatchAppend');
    await wait(1000);
    await meanwhile();
    for (const session of sessions) session.destroy();
    for (const socket of sockets) socket.destroy();
    await wait(1000);
  }
});
