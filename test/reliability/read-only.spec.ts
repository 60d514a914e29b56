import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { EventStoreDBClient, jsonEvent, START } from '@eventstore/db-client';
import { endProcesses, temporaryHome } from '../processes/station.process.js';
import { NodeProcess } from './node-process.js';
import { protect, withoutProtection } from './write-protection.js';

const PATIENCE_MS = 2 * 60_000;
const CREDENTIALS = { username: 'admin', password: 'changeit' }; // the client gives such appends calls of their own

describe('a node whose files became read-only', () => {
  let directory: string;
  let node: NodeProcess;
  let client: EventStoreDBClient;
  const acknowledged: string[] = [];
  let release: (() => void) | undefined;

  beforeAll(async () => {
    directory = join(await temporaryHome(), 'events');
    node = new NodeProcess();
    await node.ready();
    client = EventStoreDBClient.connectionString(await node.open(directory));
  }, PATIENCE_MS);
  afterAll(async () => {
    release?.();
    await client?.dispose();
    await node?.kill();
    await endProcesses();
  }, PATIENCE_MS);

  async function append(credentials?: typeof CREDENTIALS): Promise<void> {
    const stream = `kept-${acknowledged.length}`;
    await client.appendToStream(stream, jsonEvent({ type: 'Kept', data: {} }), {
      ...(credentials && { credentials }),
    });
    acknowledged.push(stream);
  }
  async function kept(): Promise<string[]> {
    const read: string[] = [];
    for await (const { event } of client.readAll()) if (event?.type === 'Kept') read.push(event.streamId);
    return read;
  }

  it(
    'says so, reads on, loses nothing, and goes on by itself when they can be written again',
    async () => {
      const heard: string[] = [];
      const subscription = client.subscribeToAll({ fromPosition: START });
      subscription.on('data', ({ event }) => event?.type === 'Kept' && heard.push(event.streamId));
      await append();
      await append(CREDENTIALS);

      release = protect(readdirSync(directory).map((name) => join(directory, name)));
      if (!release) return withoutProtection('a node whose files became read-only');
      const refused = /The event store (is read-only|could not reach its disk).*: nothing was written/;
      await expect(append()).rejects.toThrow(refused);
      await expect(append(CREDENTIALS)).rejects.toThrow(refused);
      expect(await kept()).toEqual(acknowledged);

      release();
      await append();
      await append(CREDENTIALS);
      while (heard.length < acknowledged.length) await pause(10);
      expect(heard).toEqual(acknowledged);
      expect(await kept()).toEqual(acknowledged);
      await subscription.unsubscribe();
    },
    PATIENCE_MS,
  );
});
