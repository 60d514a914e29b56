import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { status } from '@grpc/grpc-js';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { startNode, type EventStoreNode } from './node.js';

const event = () => jsonEvent({ type: 'Happened', data: {} });
// With credentials an append is a call of its own, without it is a part of one that stays open.
const WAYS = [
  ['in one call with others', {}],
  ['in a call of its own', { credentials: { username: 'admin', password: 'changeit' } }],
] as const;

describe.each(WAYS)('a client that appends %s', (_, options) => {
  let directory: string;
  let node: EventStoreNode;
  let client: EventStoreDBClient;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'event-store-'));
    node = await startNode({ directory });
    client = EventStoreDBClient.connectionString(node.connectionString);
  });
  afterEach(async () => {
    await client.dispose();
    await node.close();
    rmSync(directory, { recursive: true });
  });

  it('hears that the node is gone, and goes on where it was when the node is back', async () => {
    await client.appendToStream('kept', event(), options);
    await node.close();
    await expect(client.appendToStream('kept', event(), options)).rejects.toMatchObject({
      code: status.UNAVAILABLE,
    });
    node = await startNode({ directory, port: node.port });
    const { nextExpectedRevision } = await client.appendToStream('kept', event(), {
      expectedRevision: 0n,
      ...options,
    });
    expect(nextExpectedRevision).toBe(1n);
    const read: unknown[] = [];
    for await (const { event } of client.readStream('kept')) read.push(Number(event?.revision));
    expect(read).toEqual([0, 1]);
  });
});
