import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { append, fillStore, happened } from './filled-store.fixture.js';
import { openStore } from './store.js';
import { verifyStore } from './store-verification.js';

describe('verifying a store', () => {
  let directory: string;
  let file: string;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'store-verification-'));
    file = join(directory, 'events.db');
    await fillStore(directory, 100); // stream-4 has positions 6, 16, … 96 with revisions 0 … 9
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const damagedBy = async (sql: string) => {
    const database = new DatabaseSync(file);
    database.exec(sql);
    database.close();
    return (await verifyStore(file, { isOwn: (stream) => stream.startsWith('stream-') })).damage;
  };

  it('finds nothing where nothing is wrong, and counts', async () => {
    const seen: [number, number][] = [];
    const report = await verifyStore(file, { progress: (done, total) => seen.push([done, total]) });
    expect(report).toEqual({
      events: 101,
      streams: 11,
      lastPosition: 101,
      bytes: statSync(file).size,
      damage: [],
    });
    expect(seen.at(-1)).toEqual([101, 101]);
  });

  it('finds nothing wrong with streams that were truncated, deleted, revived and ended', async () => {
    const store = openStore(directory);
    await append(store, '$$stream-1', happened(0, { type: '$metadata', data: Buffer.from('{"$tb":5}') }));
    await done((answer) => store.writer.softDelete('stream-2', 'any', answer));
    await append(store, 'stream-2', happened(1));
    await done((answer) => store.writer.tombstone('stream-3', 'any', answer));
    await done((answer) => store.writer.tombstone('never-written', 'any', answer));
    await append(
      store,
      'bytes',
      happened(2, { json: false, data: Uint8Array.of(0xff), metadata: Uint8Array.of(0xfe) }),
    );
    store.close();
    expect((await verifyStore(file)).damage).toEqual([]);
  });

  it('lets a stream begin where it was truncated', async () => {
    const store = openStore(directory);
    await append(store, '$$stream-4', happened(0, { type: '$metadata', data: Buffer.from('{"$tb":2}') }));
    store.close();
    const damage = await damagedBy(
      `DELETE FROM events WHERE stream = (SELECT stream FROM streams WHERE name = 'stream-4') AND revision < 2`,
    );
    expect(damage.map(({ kind }) => kind)).toEqual(['missing-position', 'missing-position']);
  });

  it.each([
    [
      'a lost event',
      'DELETE FROM events WHERE position = 46',
      [
        { kind: 'missing-position', position: 47, detail: 'position 46 is missing' },
        { kind: 'missing-revision', stream: 'stream-4', position: 56, detail: 'revision 4 is missing' },
      ],
    ],
    [
      'lost events at the beginning of a stream',
      'DELETE FROM events WHERE position IN (6, 16)',
      [
        { kind: 'missing-position', position: 7, detail: 'position 6 is missing' },
        { kind: 'missing-position', position: 17, detail: 'position 16 is missing' },
        {
          kind: 'missing-revision',
          stream: 'stream-4',
          position: 26,
          detail: 'revisions 0 to 1 are missing',
        },
      ],
    ],
    [
      'events that changed places',
      'UPDATE events SET position = 1000 WHERE position = 46; UPDATE events SET position = 46 WHERE position = 56; UPDATE events SET position = 56 WHERE position = 1000',
      [
        { kind: 'missing-revision', stream: 'stream-4', position: 46, detail: 'revision 4 is missing' },
        {
          kind: 'disordered-revision',
          stream: 'stream-4',
          position: 56,
          detail: 'revision 4 follows revision 5',
        },
      ],
    ],
    [
      'an event after the end of its stream',
      `UPDATE events SET revision = ${Number.MAX_SAFE_INTEGER} WHERE position = 86`,
      [
        {
          kind: 'written-after-end',
          stream: 'stream-4',
          position: 96,
          detail: 'revision 9 follows the end of the stream',
        },
      ],
    ],
    [
      'a lost name',
      `DELETE FROM streams WHERE name = 'stream-9'`,
      Array.from({ length: 10 }, (_, at) => ({
        kind: 'nameless-stream',
        position: 11 + 10 * at,
        stream: expect.stringMatching(/^\(number \d+\)$/),
        detail: 'the stream has no name',
      })),
    ],
    [
      'a name too many',
      `INSERT INTO streams (name) VALUES ('ghost')`,
      [{ kind: 'empty-stream', stream: 'ghost', detail: 'the stream has no event' }],
    ],
    [
      'an id that is none',
      `UPDATE events SET id = x'01' WHERE position = 46`,
      [{ kind: 'malformed-id', stream: 'stream-4', position: 46, detail: 'the id of revision 4 is no UUID' }],
    ],
    [
      'an id that comes twice',
      `UPDATE events SET id = (SELECT id FROM events WHERE position = 2) WHERE position = 46`,
      [
        {
          kind: 'repeated-id',
          stream: 'stream-4',
          position: 46,
          detail: expect.stringMatching(/^2 events have the id [0-9a-f-]{36}$/),
        },
      ],
    ],
    [
      'data that is no JSON',
      `UPDATE events SET data = CAST('{"number":' AS BLOB) WHERE position = 46`,
      [
        {
          kind: 'malformed-json',
          stream: 'stream-4',
          position: 46,
          detail: 'the data of revision 4 is no JSON',
        },
      ],
    ],
    [
      'data that is no UTF-8',
      `UPDATE events SET data = x'22ff22' WHERE position = 46`,
      [
        {
          kind: 'malformed-json',
          stream: 'stream-4',
          position: 46,
          detail: 'the data of revision 4 is no JSON',
        },
      ],
    ],
  ])('names %s', async (_, sql, damage) => expect(await damagedBy(sql)).toEqual(damage));

  it('finds nothing wrong with ids and JSON of others, of whom the protocol asks neither', async () => {
    const store = openStore(directory);
    const shared = happened(0);
    await append(store, 'stream-4', shared);
    await append(store, 'foreign-4', shared, happened(1, { data: Buffer.from('no JSON') }));
    await append(store, 'foreign-5', shared);
    store.close();
    expect(await damagedBy('SELECT 1')).toEqual([]);
    expect((await verifyStore(file)).damage).toEqual([]);
  });

  it('names what is lost before all that is the matter with single events', async () => {
    const store = openStore(directory);
    const odd = Array.from({ length: 10_001 }, (_, at) => happened(at, { data: Buffer.from('no JSON') }));
    await append(store, 'stream-4', ...odd);
    await append(store, 'stream-4', happened(0), happened(1));
    store.close();
    const damage = await damagedBy(
      'DELETE FROM events WHERE position = (SELECT max(position) - 1 FROM events)',
    );
    expect(damage).toHaveLength(10_000);
    expect(damage.slice(0, 3).map(({ kind }) => kind)).toEqual([
      'missing-position',
      'missing-revision',
      'malformed-json',
    ]);
  });

  it.each(['events', 'events_by_revision', 'events_by_id'])(
    'names pages of %s that were overwritten, and counts all the same',
    async (table) => {
      const database = new DatabaseSync(file);
      const page = database.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(table)?.[
        'rootpage'
      ];
      database.close();
      const descriptor = openSync(file, 'r+');
      writeSync(descriptor, Buffer.alloc(4096, 0xa5), 0, 4096, (Number(page) - 1) * 4096);
      closeSync(descriptor);
      const { damage, events } = await verifyStore(file);
      expect(damage[0]?.kind).toBe('unsound-file');
      expect(events).toBe(101);
    },
  );

  it('asks the application about what is sound, and names what it says', async () => {
    const asked: number[] = [];
    const { damage } = await verifyStore(file, {
      unreadable: ({ stream, revision, type, data, metadata }) => {
        if (stream !== 'stream-4') return undefined;
        asked.push(revision);
        expect({ type, data, metadata }).toEqual({
          type: 'Happened',
          data: { number: 4 + 10 * revision },
          metadata: { schema: 1 },
        });
        return revision === 7 ? 'who knows' : undefined;
      },
    });
    expect(asked).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(damage).toEqual([
      { kind: 'unreadable-event', stream: 'stream-4', position: 76, detail: 'who knows' },
    ]);
  });

  it('ends when what watches it throws', async () => {
    await expect(verifyStore(file, { progress: enough })).rejects.toThrow('enough');
  });
});

function enough(): never {
  throw new Error('enough');
}

const done = (work: (answer: (error?: Error) => void) => void): Promise<void> =>
  new Promise((resolve, reject) => work((error) => (error ? reject(error) : resolve())));
