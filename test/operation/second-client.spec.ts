import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDBClient } from '@eventstore/db-client';
import { startNodeProcess } from '../embedded-event-store/node-process.js';
import { endProcesses, startStation } from '../processes/station.process.js';
import { freePort } from './free-port.js';
import { describeWithSecondClient } from './second-client.fixture.js';
import { logRequests, openTown } from './town.fixture.js';

type Seen = {
  id: string;
  stream: string;
  revision: number;
  position: number;
  type: string;
  contentType: string;
  data: string;
  metadata: string;
  recordedAt: string;
};

const patience = 180_000; // milliseconds: a busy machine takes its time to start processes

describeWithSecondClient('a second client, of another house and language', (ask) => {
  afterAll(endProcesses);

  it(
    'reads a station’s events, all and by stream, as the official one does',
    async () => {
      const port = await freePort();
      const station = await startStation({ env: { YIZHAN_EVENTSTORE_PORT: String(port) } });
      await openTown(station);
      await logRequests(station, 6);
      const url = `esdb://127.0.0.1:${port}?tls=false`;
      const official = await readOfficially(url);
      const seen = ask<{ all: Seen[]; backwards: string[]; streams: Record<string, Seen[]> }>(url, 'read');
      expect(official.length).toBeGreaterThan(12);
      expect(seen.all).toEqual(official);
      expect(seen.backwards).toEqual(official.map(({ id }) => id).toReversed());
      const byStream = Object.groupBy(official, ({ stream }) => stream);
      expect(seen.streams).toEqual({ ...byStream });
      await station.stop();
    },
    patience,
  );

  it(
    'appends, reads, subscribes and deletes, and is refused what has to be',
    async () => {
      const directory = await mkdtemp(join(tmpdir(), 'second-client-'));
      const node = await startNodeProcess({ directory });
      const wrong = 'WrongCurrentVersionError';
      expect(ask(node.first.connectionString!, 'exercise')).toEqual({
        append: {
          positionsGrow: true,
          retryIsTheSame: true,
          ids: true,
          revisions: [0, 1, 2, 3, 4],
          metadata: '{"actor":"python"}',
          binary: ['application/octet-stream', '0001ff'],
          current: 4,
          newest: [4, 3],
          middle: [1, 2],
          commitPosition: true,
        },
        expected_revision: {
          noStream: [wrong, wrong],
          ahead: [wrong, wrong],
          exists: [null, null],
          existsNot: wrong,
          readNothing: 'NotFoundError',
        },
        deletion: {
          wrong,
          gone: 'NotFoundError',
          back: [2],
          tombstoned: 'StreamIsDeletedError',
          appendToTombstoned: 'StreamIsDeletedError',
        },
        metadata: {
          before: [{}, 'StreamState.NO_STREAM'],
          fields: { $maxCount: 2, owner: '李敏' },
          version: 0,
          visible: [2, 3],
        },
        subscription: {
          caughtUpThenLive: true,
          onlyThatStream: true,
          byType: 80,
          streamTail: [30, 31, 32, 33, 34, 35, 36, 37, 38, 39],
        },
        gossip: { members: 1, state: 'NODE_STATE_LEADER' },
      });
      await node.kill();
      await rm(directory, { recursive: true });
    },
    patience,
  );
});

async function readOfficially(url: string): Promise<Seen[]> {
  const client = EventStoreDBClient.connectionString(url);
  const all: Seen[] = [];
  for await (const { event } of client.readAll()) {
    if (!event || event.type.startsWith('$')) continue;
    all.push({
      id: event.id,
      stream: event.streamId,
      revision: Number(event.revision),
      position: Number(event.position.commit),
      type: event.type,
      contentType: 'application/json',
      data: JSON.stringify(event.data),
      metadata: JSON.stringify(event.metadata),
      recordedAt: event.created.toISOString(),
    });
  }
  await client.dispose();
  return all;
}
