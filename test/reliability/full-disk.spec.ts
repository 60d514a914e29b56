import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { EventStoreDBClient, jsonEvent, START } from '@eventstore/db-client';
import { openStore } from '../../libs/embedded-event-store/src/store.js';
import {
  endProcesses,
  startStation,
  temporaryHome,
  type StationProcess,
} from '../processes/station.process.js';
import { NodeProcess } from './node-process.js';
import { mountSmallDisk, type SmallDisk } from './small-disk.js';

const PATIENCE_MS = 5 * 60_000;
const CREDENTIALS = { username: 'admin', password: 'changeit' }; // the client gives such appends calls of their own

describe('a node whose disk is full, and the commands in front of it', () => {
  let home: string;
  let node: NodeProcess;
  let disk: SmallDisk | undefined;
  let station: StationProcess;
  let client: EventStoreDBClient;
  const acknowledged: string[] = [];

  beforeAll(async () => {
    home = await temporaryHome();
    disk = mountSmallDisk(join(home, 'events'), { all: 6, held: 2 });
    if (!disk) return;
    node = new NodeProcess();
    await node.ready();
    const url = await node.open(join(home, 'events'));
    station = await startStation({ home, app: 'commands', env: { EVENTSTORE_URL: url } });
    client = EventStoreDBClient.connectionString(url);
  }, PATIENCE_MS);
  afterAll(async () => {
    await client?.dispose();
    await node?.kill();
    disk?.unmount();
    await endProcesses();
  }, PATIENCE_MS);

  async function append(bytes: number, credentials?: typeof CREDENTIALS): Promise<void> {
    const stream = `pile-${acknowledged.length}`;
    const event = jsonEvent({ type: 'Piled', data: { pad: 'x'.repeat(bytes) } });
    await client.appendToStream(stream, event, { ...(credentials && { credentials }) });
    acknowledged.push(stream);
  }
  async function fill(bytes: number): Promise<unknown> {
    for (let count = 0; count < 10_000; count++) {
      const failed = await append(bytes).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (failed) return failed;
    }
    throw new Error('It never was full.');
  }
  async function piled(): Promise<string[]> {
    const read: string[] = [];
    for await (const { event } of client.readAll()) if (event?.type === 'Piled') read.push(event.streamId);
    return read;
  }
  async function openAt(code: string): Promise<Response> {
    return fetch(`${station.url}/v1/stations`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await station.token('admin')}`,
        'content-type': 'application/json',
        'accept-language': 'en',
      },
      body: JSON.stringify({ code, name: 'A', community: 'B', street: 'C', district: 'D' }),
    });
  }

  it(
    'says so, reads on, loses nothing, and goes on by itself when there is room again',
    async () => {
      if (!disk) {
        if (process.env['CI'] === 'true')
          throw new Error('A full disk cannot be tested: mount is not permitted.');
        process.stderr.write(
          '\nNOT TESTED: a full disk. Mounting is not permitted here (it takes root).\n\n',
        );
        return;
      }
      const heard: string[] = [];
      const subscription = client.subscribeToAll({ fromPosition: START });
      subscription.on('data', ({ event }) => event?.type === 'Piled' && heard.push(event.streamId));
      expect((await openAt('AAAA')).status).toBe(201);

      const noRoom = /The event store has no room left: nothing was written/;
      await fill(100_000);
      expect(String(await fill(100))).toMatch(noRoom);
      await expect(append(100, CREDENTIALS)).rejects.toThrow(noRoom);
      expect(await piled()).toEqual(acknowledged);
      const refused = await openAt('BBBB');
      expect(refused.status).toBe(503);
      expect(refused.headers.get('retry-after')).toBe('30');
      expect(await refused.json()).toMatchObject({
        type: 'urn:yizhan:problem:not-written',
        detail: expect.stringContaining('nothing was stored'),
      });

      disk.makeRoom();
      await append(100_000);
      await append(100, CREDENTIALS);
      expect((await openAt('BBBB')).status).toBe(201);
      while (heard.length < acknowledged.length) await pause(10);
      expect(heard).toEqual(acknowledged);
      await subscription.unsubscribe();

      await node.kill();
      const { log, close } = openStore(join(home, 'events'));
      const kept = log.allAfter(0, { rows: 100_000, bytes: Infinity }).filter(({ type }) => type === 'Piled');
      close();
      expect(kept.map(({ stream }) => stream)).toEqual(acknowledged);
    },
    PATIENCE_MS,
  );
});
