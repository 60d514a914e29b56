import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import * as fc from 'fast-check';
import { Client, credentials, type ClientDuplexStream } from '@grpc/grpc-js';
import { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { startMeasuredNode, type MeasuredNode } from './measured-node.process.js';
import { fill } from './store-filling.js';
import { nonsenseMessage } from './nonsense-messages.js';
import { batchOfOne, readAllRequest } from './raw-requests.js';
import { servesAClient } from './well-behaved.client.js';

const MiB = 1024 * 1024;
const SEED = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000);
const METHODS = ['Append', 'BatchAppend', 'Read', 'Delete', 'Tombstone'];
const asIs = (bytes: Buffer): Buffer => bytes;

describe('hostile calls', () => {
  let node: MeasuredNode;
  let client: StreamsClient;
  beforeAll(async () => {
    node = await startMeasuredNode();
    client = new StreamsClient(`127.0.0.1:${node.port}`, credentials.createInsecure());
    await fill(node.connectionString, 20_000);
  }, 120_000);
  afterAll(async () => {
    client.close();
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
    await cancelCalls(client, 300);
    const before = await node.measure();
    await cancelCalls(client, 1500);
    expect(await servesAClient(node.connectionString)).toBe(true);
    // On a busy machine it takes the node a while to hear of all that was cancelled.
    let after = await node.measure();
    for (let again = 0; again < 60 && after.bytes - before.bytes > 8 * MiB; again++) {
      await wait(500);
      after = await node.measure();
    }
    expect(after.bytes - before.bytes).toBeLessThan(8 * MiB);
    expect(after.handles).toBeLessThan(before.handles + 10);
  }, 120_000);

  it('readers and subscribers that never read cost the node a page or two each', async () => {
    const before = await node.measure();
    const calls = Array.from({ length: 60 }, (_, at) =>
      client.read(readAllRequest({ subscribe: at % 2 === 0 })),
    );
    for (const call of calls) call.on('error', () => undefined).pause();
    await fill(node.connectionString, 10_000);
    expect(await servesAClient(node.connectionString)).toBe(true);
    // The events in the store are some 20 MB; for each reader that would be more than a gigabyte.
    expect((await node.measure()).bytes - before.bytes).toBeLessThan(100 * MiB);
    for (const call of calls) call.cancel();
  }, 120_000);

  it('a client that appends and never reads its answers is made to wait', async () => {
    const before = await node.measure();
    const call = client.batchAppend().pause();
    call.on('error', () => undefined);
    const sent = await sendUntilHeldUp(call);
    expect(await servesAClient(node.connectionString)).toBe(true);
    expect((await node.measure()).bytes - before.bytes).toBeLessThan(60 * MiB);
    expect(sent).toBeLessThan(400_000);
    call.cancel();
  }, 240_000);
});

async function cancelCalls(client: StreamsClient, count: number): Promise<void> {
  for (let at = 0; at < count; at++) {
    const calls = [
      client.read(readAllRequest()),
      client.read(readAllRequest({ subscribe: true })),
      client.batchAppend(),
    ];
    for (const call of calls) call.on('error', () => undefined);
    if (at % 3 > 0) await wait(at % 3);
    for (const call of calls) call.cancel();
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
async function sendUntilHeldUp(
  call: ClientDuplexStream<streams.BatchAppendReq, streams.BatchAppendResp>,
): Promise<number> {
  let sent = 0;
  while (sent < 400_000) {
    if (call.write(batchOfOne('never-read'))) sent++;
    else if ((await Promise.race([once(call, 'drain'), wait(2000)])) === undefined) break;
  }
  return sent;
}
