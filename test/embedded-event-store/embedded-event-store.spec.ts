import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { startNodeProcess, type NodeProcess } from './node-process.js';

async function numbers(connectionString: string): Promise<number[]> {
  const client = EventStoreDBClient.connectionString(connectionString);
  const read: number[] = [];
  for await (const { event } of client.readStream('numbers')) read.push((event!.data as { at: number }).at);
  await client.dispose();
  return read;
}

describe('the embedded event store, as it is built', () => {
  let directory: string;
  let running: NodeProcess[];
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'embedded-event-store-'));
    running = [];
  });
  afterEach(async () => {
    for (const node of running) await node.kill();
    rmSync(directory, { recursive: true });
  });

  async function start(port?: number): Promise<NodeProcess> {
    const node = await startNodeProcess({ directory, ...(port !== undefined && { port }) });
    running.push(node);
    return node;
  }
  it('runs in a thread, keeps what it was given, closes in order and lets the process end', async () => {
    const node = await start();
    expect(node.first.connectionString).toBe(`esdb://127.0.0.1:${node.first.port}?tls=false`);
    const client = EventStoreDBClient.connectionString(node.first.connectionString!);
    await client.appendToStream(
      'numbers',
      [1, 2, 3].map((at) => jsonEvent({ type: 'Number', data: { at } })),
    );
    await client.dispose();
    node.tell('close');
    expect(await node.next()).toEqual({ closed: true });
    expect(await node.exited).toBe(0);

    const again = await start(node.first.port);
    expect(again.first.port).toBe(node.first.port);
    expect(await numbers(again.first.connectionString!)).toEqual([1, 2, 3]);
  });

  it('refuses a directory in use, until the process that uses it is killed', async () => {
    const owner = await start();
    const other = await start();
    expect(other.first).toMatchObject({ started: false, name: 'EventStoreUnavailable', reason: 'locked' });
    expect(other.first.message).toMatch(/in use by process \d+: stop it first/);
    expect(await other.exited).toBe(0);
    await owner.kill();
    expect((await start()).first.started).toBe(true);
  });

  it('says why it cannot start: a taken port, a damaged file', async () => {
    const first = await start();
    const elsewhere = await startNodeProcess({
      directory: join(directory, 'other'),
      port: first.first.port!,
    });
    running.push(elsewhere);
    expect(elsewhere.first).toMatchObject({ started: false, reason: 'port-taken' });
    first.tell('close');
    await first.exited;
    writeFileSync(join(directory, 'events.db'), 'x'.repeat(9000));
    expect((await start()).first).toMatchObject({ started: false, reason: 'damaged' });
  });

  it('tells when its thread dies', async () => {
    const node = await start();
    node.tell('kill-thread');
    expect((await node.next()).failed).toMatch(/ended unexpectedly/);
    expect(await node.exited).toBe(3);
  });

  it('has every acknowledged append, in order and without a gap, after each of ten kills', async () => {
    let next = 0;
    const acknowledged: number[] = [];
    for (let round = 0; round < 10; round++) {
      const node = await start();
      if (acknowledged.length > 0) {
        const kept = await numbers(node.first.connectionString!);
        expect(kept).toEqual(kept.map((_, at) => at));
        expect(kept.length).toBeGreaterThan(acknowledged.at(-1)!);
        next = kept.length;
      }
      const client = EventStoreDBClient.connectionString(node.first.connectionString!);
      const append = async (): Promise<void> => {
        const at = next++;
        await client.appendToStream('numbers', jsonEvent({ type: 'Number', data: { at } }));
        acknowledged.push(at);
      };
      // Only once its call is open does the client keep the order of appends.
      await append();
      const appends = Array.from({ length: 500 }, append);
      const settled = Promise.allSettled(appends); // from now on: those that fail fail before the kill has returned
      await appends[round * 40];
      await node.kill();
      await settled;
      await client.dispose();
    }
    expect(acknowledged.length).toBeGreaterThan(10 * 20);
  });
});
