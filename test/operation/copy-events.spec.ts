import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { EventStoreDBClient, binaryEvent, jsonEvent } from '@eventstore/db-client';
import { type NodeProcess, startNodeProcess } from '../embedded-event-store/node-process.js';
import { launchYizhan, yizhan } from '../import/yizhan.process.js';
import { spawnProcess } from '../processes/spawned.process.js';
import { endProcesses } from '../processes/station.process.js';
import { freePort } from './free-port.js';
import { contentOf, fillMixed } from './mixed-store.fixture.js';

const patience = 1_200_000; // milliseconds: a busy machine takes its time to start processes
const KILLS = 20;

describe('copying events from one store to another', () => {
  let place: string;
  const nodes: NodeProcess[] = [];
  const start = async (name: string, port = 0): Promise<NodeProcess> => {
    const node = await startNodeProcess({ directory: join(place, name), port });
    nodes.push(node);
    return node;
  };
  const copy = (from: NodeProcess, to: NodeProcess) =>
    yizhan(place, ['copy-events', '--from', urlOf(from), '--to', urlOf(to), '--json']);

  beforeAll(async () => {
    place = await mkdtemp(join(tmpdir(), 'copy-events-'));
  });
  afterAll(async () => {
    await endProcesses();
    await Promise.all(nodes.map((node) => node.kill()));
    await rm(place, { recursive: true });
  });

  it(
    'shows on a terminal how far it has come',
    async () => {
      const [source, target] = [await start('shown'), await start('shown-target')];
      await fillMixed(urlOf(source), 300);
      const copying = spawnProcess({
        entry: 'dist/apps/cli/src/main.js',
        args: ['copy-events', '--from', urlOf(source), '--to', urlOf(target)],
        env: { YIZHAN_HOME: place },
        nodeArgs: ['--import', 'data:text/javascript,process.stderr.isTTY = true'],
      });
      expect(await copying.exited).toBe(0);
      const copied = /Copied ([\d,]+) events/.exec(copying.output())?.[1]?.replaceAll(',', '');
      expect(copying.stderr()).toContain(`100 % | copied ${copied} events | `);
      expect(copying.stderr()).toContain(`100 % | verified ${copied} events | `);
    },
    patience,
  );

  it(
    'copies them all, doubles none and keeps their order, whoever is killed in between and how often',
    async () => {
      const source = await start('source');
      await fillMixed(urlOf(source), 1_500);
      const original = await contentOf(urlOf(source));
      expect(original.length).toBeGreaterThan(1_500);

      const port = await freePort();
      let target = await start('target', port);
      const file = join(place, 'target', 'events.db');
      const seed = Math.trunc(Math.random() * 1e9);
      const random = randomFrom(seed);
      const stops: number[] = [];
      for (let kill = 1; kill <= KILLS; kill += 1) {
        const copying = launchYizhan(place, ['copy-events', '--from', urlOf(source), '--to', urlOf(target)]);
        const goal = lastPosition(file) + 1 + Math.trunc(random() * 60);
        const ended = copying.exited.then(() => true);
        while (lastPosition(file) < goal && !(await Promise.race([ended, pause(2)])));
        if (kill % 4 === 0) {
          await target.kill();
          expect(await copying.exited).toBe(1);
          target = await start('target', port);
        } else {
          copying.signal('SIGKILL');
          expect(await copying.exited).toBe('SIGKILL');
        }
        stops.push(lastPosition(file));
      }
      expect(new Set(stops).size).toBe(KILLS); // each of them stopped it somewhere else

      const { code, output, errors } = await copy(source, target);
      expect({ seed, code, errors }).toEqual({ seed, code: 0, errors: '' });
      const { events, present, equal, newer } = JSON.parse(output) as Record<string, number>;
      expect({ present: present! > 0, all: events! + present!, equal, newer }).toEqual({
        present: true,
        all: original.length,
        equal: original.length,
        newer: 0,
      });
      expect(await contentOf(urlOf(target))).toEqual(original);
      // Run again there is nothing to do.
      expect(JSON.parse((await copy(source, target)).output)).toMatchObject({
        events: 0,
        present: original.length,
      });

      const back = await start('back');
      expect((await copy(target, back)).code).toBe(0);
      expect(await contentOf(urlOf(back))).toEqual(original);
    },
    patience,
  );

  it(
    'copies what it has to divide, and what is as large as an event may be',
    async () => {
      const [source, target] = [await start('divided'), await start('divided-target')];
      const client = EventStoreDBClient.connectionString(urlOf(source));
      const many = Array.from({ length: 1_100 }, () => jsonEvent({ type: 'Noted', data: {} }));
      await client.appendToStream('again', many.slice(0, 2));
      await client.deleteStream('again');
      await client.appendToStream('again', many.slice(2));
      await client.appendToStream('full', binaryEvent({ type: 'x', data: new Uint8Array(1024 * 1024 - 2) }));
      await client.dispose();
      const { code, output, errors } = await copy(source, target);
      expect({ code, errors }).toEqual({ code: 0, errors: '' });
      const { events, undated } = JSON.parse(output) as Record<string, number>;
      expect({ events, undated }).toEqual({ events: 1_103, undated: 1 });
      expect(JSON.parse((await copy(source, target)).output)).toMatchObject({ events: 0, present: 1_103 });
    },
    patience,
  );

  it(
    'writes nothing to a store that holds anything else',
    async () => {
      const [source, target] = [await start('one'), await start('another')];
      await appendTo(urlOf(source), 'note-1', 'Noted');
      await appendTo(urlOf(target), 'foreign-1', 'Happened');
      const before = await contentOf(urlOf(target));
      const { code, output } = await copy(source, target);
      expect(code).toBe(1);
      expect(output).toMatch(
        /the target has Happened \(revision 0 of foreign-1\) where the source has Noted .*not written to/,
      );
      expect(await contentOf(urlOf(target))).toEqual(before);
    },
    patience,
  );

  it(
    'wants two event stores',
    async () => {
      const node = await start('alone');
      expect(await copy(node, node)).toMatchObject({
        code: 2,
        output: expect.stringContaining('the same event store'),
      });
      expect(
        await yizhan(place, ['copy-events', '--from', urlOf(node), '--to', 'http://127.0.0.1:2113']),
      ).toMatchObject({
        code: 2,
        output: expect.stringContaining('--to must begin with esdb://'),
      });
      const gone = `esdb://root:geheim@127.0.0.1:${await freePort()}?tls=false`;
      const { code, output } = await yizhan(place, ['copy-events', '--from', urlOf(node), '--to', gone]);
      expect(code).toBe(1);
      expect(output).toContain('Run it again to go on');
      expect(output).not.toContain('geheim');
    },
    patience,
  );
});

async function appendTo(url: string, stream: string, type: string): Promise<void> {
  const client = EventStoreDBClient.connectionString(url);
  await client.appendToStream(stream, jsonEvent({ type, data: {} }));
  await client.dispose();
}

function lastPosition(file: string): number {
  const database = new DatabaseSync(file, { readOnly: true });
  const { last } = database.prepare('SELECT max(position) AS last FROM events').get() as {
    last: number | null;
  };
  database.close();
  return last ?? 0;
}

const urlOf = (node: NodeProcess): string => node.first.connectionString!;

const pause = (ms: number): Promise<false> => new Promise((resolve) => setTimeout(() => resolve(false), ms));

/** Numbers in [0, 1) that a seed decides (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
