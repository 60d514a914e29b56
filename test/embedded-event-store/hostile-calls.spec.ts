import { once } from 'node:events';
import type { ClientHttp2Session, ClientHttp2Stream } from 'node:http2';
import { setTimeout as wait } from 'node:timers/promises';
import * as fc from 'fast-check';
import { Client, credentials } from '@grpc/grpc-js';
import { bareCall, bareConnection, cancel, framed } from './bare-calls.js';
import { startMeasuredNode, type MeasuredNode } from './measured-node.process.js';
import { fill } from './store-filling.js';
import { nonsenseMessage } from './nonsense-messages.js';
import { batchOfOne, readAllRequest } from './raw-requests.js';
import { servesAClient } from './well-behaved.client.js';

const MiB = 1024 * 1024;
const SEED = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000);
const METHODS = ['Append', 'BatchAppend', 'Read', 'Delete', 'Tombstone'];
const CANCELLED: [method: string, request: Uint8Array][] = [
  ['Read', readAllRequest().serializeBinary()],
  ['Read', readAllRequest({ subscribe: true }).serializeBinary()],
  ['BatchAppend', batchOfOne('cancelled').serializeBinary()],
];
// Three calls each. Node's HTTP/2 ends a connection that resets more than a thousand streams at once.
const ROUNDS_BEFORE_GOAWAY = 300;
const asIs = (bytes: Buffer): Buffer => bytes;

describe('hostile calls', () => {
  let node: MeasuredNode;
  beforeAll(async () => {
    node = await startMeasuredNode();
    await fill(node.connectionString, 20_000);
  }, 120_000);
  afterAll(async () => {
    expect(await node.stop()).toBe(true);
  });

  it.each([
    ['bytes by chance', fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes))],
    ['messages that are well-formed nonsense', nonsenseMessage],
  ])(
    `%s in every method (FUZZ_SEED=${SEED}) neither kill nor leak`,
    async (_what, message) => {
      const bare = new Client(`127.0.0.1:${node.port}`, credentials.createInsecure());
      const rounds = (numRuns: number): Promise<void> =>
        fc.assert(
          fc.asyncProperty(
            fc.constantFrom(...METHODS),
            fc.array(message, { maxLength: 4 }),
            (method, messages) => send(bare, `/event_store.client.streams.Streams/${method}`, messages),
          ),
          { seed: SEED, numRuns },
        );
      await rounds(150);
      const before = await node.measure();
      await rounds(800);
      bare.close();
      expect(await servesAClient(node.connectionString)).toBe(true);
      expect((await node.measure()).bytes - before.bytes).toBeLessThan(8 * MiB);
    },
    240_000,
  );

  it('thousands of cancelled calls leave nothing behind', async () => {
    const connection = bareConnection(node.port);
    await cancelCalls(connection, ROUNDS_BEFORE_GOAWAY / 3);
    const before = await node.measure();
    for (let at = 0; at < 5; at++) {
      const another = bareConnection(node.port);
      await cancelCalls(another, ROUNDS_BEFORE_GOAWAY);
      another.close();
    }
    await cancelCalls(connection, (2 * ROUNDS_BEFORE_GOAWAY) / 3);
    expect(await servesAClient(node.connectionString)).toBe(true);
    // Whatever a cancelled call had left would still be there, since its connection is.
    expect(connection.closed).toBe(false);
    // On a busy machine it takes the node a while to hear of all that was cancelled.
    let after = await node.measure();
    for (let again = 0; again < 60 && after.bytes - before.bytes > 8 * MiB; again++) {
      await wait(500);
      after = await node.measure();
    }
    connection.close();
    expect(after.bytes - before.bytes).toBeLessThan(8 * MiB);
    expect(after.handles).toBeLessThan(before.handles + 10);
  }, 120_000);

  it('readers and subscribers that never read cost the node a page or two each', async () => {
    const before = await node.measure();
    const connection = bareConnection(node.port);
    await once(connection, 'remoteSettings');
    // All of them get what a reader's own window takes.
    connection.setLocalWindowSize(16 * MiB);
    const calls = Array.from({ length: 60 }, (_, at) =>
      bareCall(connection, 'Read', readAllRequest({ subscribe: at % 2 === 0 }).serializeBinary()),
    );
    await Promise.all(calls.map((call) => once(call, 'response')));
    await fill(node.connectionString, 10_000);
    expect(await servesAClient(node.connectionString)).toBe(true);
    // The events in the store are some 20 MB; for each reader that would be more than a gigabyte.
    expect((await node.measure()).bytes - before.bytes).toBeLessThan(100 * MiB);
    connection.destroy();
  }, 120_000);

  it('appends of just below 17 MiB, one after the other, are refused and leave nothing behind', async () => {
    const before = await node.measure();
    const bare = new Client(`127.0.0.1:${node.port}`, credentials.createInsecure(), {
      'grpc.max_send_message_length': -1,
    });
    const message = Buffer.from(batchOfOne('too-large', Buffer.alloc(17 * MiB - 1024)).serializeBinary());
    expect(message.length).toBeGreaterThan(17 * MiB - 1024);
    const call = bare.makeBidiStreamRequest(`/event_store.client.streams.Streams/BatchAppend`, asIs, asIs);
    for (let at = 0; at < 20; at++) {
      call.write(message);
      const [answer] = (await once(call, 'data')) as [Buffer];
      expect(answer.toString('latin1')).toContain('MaximumAppendSizeExceeded');
    }
    call.end();
    expect(await servesAClient(node.connectionString)).toBe(true);
    const { bytes } = await node.measure();
    bare.close();
    expect(bytes - before.bytes).toBeLessThan(20 * MiB);
  }, 120_000);

  it('a client that appends and never reads its answers is made to wait', async () => {
    const before = await node.measure();
    const connection = bareConnection(node.port);
    const call = bareCall(connection, 'BatchAppend', batchOfOne('never-read').serializeBinary());
    const sent = await sendUntilHeldUp(call);
    expect(await servesAClient(node.connectionString)).toBe(true);
    expect((await node.measure()).bytes - before.bytes).toBeLessThan(60 * MiB);
    expect(sent).toBeLessThan(400_000);
    connection.destroy();
  }, 240_000);
});

async function cancelCalls(connection: ClientHttp2Session, rounds: number): Promise<void> {
  for (let at = 0; at < rounds; at++) {
    const calls = CANCELLED.map(([method, request]) => bareCall(connection, method, request));
    if (at % 3 > 0) await wait(at % 3);
    calls.forEach(cancel);
  }
  await wait(500);
}

async function send(client: Client, path: string, messages: Buffer[]): Promise<void> {
  const call = client.makeBidiStreamRequest(path, asIs, asIs);
  call.on('error', () => undefined).on('data', () => undefined);
  const ended = new Promise((resolve) => call.on('status', resolve));
  for (const message of messages) call.write(message);
  call.end();
  // A subscription among them would never end.
  await Promise.race([ended, wait(50)]);
  call.cancel();
}

// Until nothing has moved for two seconds, or far more was taken than a node could have answered into buffers.
async function sendUntilHeldUp(call: ClientHttp2Stream): Promise<number> {
  let sent = 0;
  while (sent < 400_000) {
    sent++;
    if (call.write(framed(batchOfOne('never-read').serializeBinary()))) continue;
    if ((await Promise.race([once(call, 'drain'), wait(2000)])) === undefined) break;
  }
  return sent;
}
