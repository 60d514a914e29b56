import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { startNodeProcess } from '../embedded-event-store/node-process.js';
import { yizhan } from '../import/yizhan.process.js';
import { endProcesses, temporaryHome } from '../processes/station.process.js';
import { fillMixed } from './mixed-store.fixture.js';

const patience = 300_000; // milliseconds: a busy machine takes its time to start processes

afterAll(endProcesses);

const REPEATED_ID = 'UPDATE events SET id = (SELECT id FROM events WHERE position = 2) WHERE position = 9';
const NO_JSON = `UPDATE events SET data = CAST('{' AS BLOB) WHERE json = 1 AND position = 2`;

type Report = {
  sound: boolean;
  events: number;
  damage: { kind: string; stream?: string; position?: number }[];
};

describe('yizhan verify', () => {
  let home: string;
  beforeAll(async () => {
    home = await temporaryHome();
    const node = await startNodeProcess({ directory: join(home, 'events') });
    await fillMixed(node.first.connectionString!, 300);
    await node.kill(); // the last events are in the log that a crash leaves
  }, patience);

  const damaged = async (sql: string): Promise<string> => {
    const copy = join(await temporaryHome(), 'copy.db');
    for (const suffix of ['', '-wal']) await cp(join(home, `events/events.db${suffix}`), copy + suffix);
    const database = new DatabaseSync(copy);
    database.exec(sql);
    database.close();
    return copy;
  };

  it(
    'finds a home sound, with every kind of stream in it',
    async () => {
      const { code, output } = await yizhan(home, ['verify']);
      expect(output).toMatch(/^Sound: \d+ events of \d+ streams, up to position \d+, in [\d.]+ s\.\n/);
      expect(code).toBe(0);
    },
    patience,
  );

  // Which of note-0's events stand where: the first two are written first of all.
  it.each([
    ['missing-revision', 'DELETE FROM events WHERE position = 3'],
    ['missing-position', 'DELETE FROM events WHERE position = 20'],
    [
      'disordered-revision',
      'UPDATE events SET revision = CASE position WHEN 2 THEN -1 ELSE revision END; UPDATE events SET revision = 0 WHERE position = 3; UPDATE events SET revision = 1 WHERE position = 2',
    ],
    ['nameless-stream', `DELETE FROM streams WHERE name = 'note-0'`],
    ['empty-stream', `INSERT INTO streams (name) VALUES ('ghost')`],
    ['malformed-id', `UPDATE events SET id = x'00' WHERE position = 2`],
    [
      'repeated-id',
      `${REPEATED_ID}; UPDATE streams SET name = replace(name, 'note-', 'key-') WHERE name LIKE 'note-%'`,
    ],
    ['malformed-json', `${NO_JSON}; UPDATE streams SET name = 'key-0' WHERE name = 'note-0'`],
    ['unreadable-event', `UPDATE streams SET name = 'request-YFXJ-261122-7K3QX' WHERE name = 'note-0'`],
  ])(
    'names planted damage: %s',
    async (kind, sql) => {
      const said = await yizhan(home, ['verify', '--json', '--file', await damaged(sql)]);
      const { sound, damage } = JSON.parse(said.output) as Report;
      expect(damage.map((each) => each.kind)).toContain(kind);
      expect({ code: said.code, sound }).toEqual({ code: 1, sound: false });
    },
    patience,
  );

  it.each([
    ['ids that come again', REPEATED_ID],
    ['JSON that is none', NO_JSON],
  ])(
    'finds nothing wrong with %s in streams that are not its own',
    async (_, sql) => {
      const said = await yizhan(home, ['verify', '--file', await damaged(sql)]);
      expect(said).toMatchObject({ code: 0, output: expect.stringMatching(/^Sound: /) });
    },
    patience,
  );

  it(
    'says so to a person, with what to do',
    async () => {
      const { code, output } = await yizhan(home, [
        'verify',
        '--file',
        await damaged('DELETE FROM events WHERE position = 20'),
      ]);
      expect(code).toBe(1);
      expect(output).toMatch(/^Damaged: /);
      expect(output).toContain('\n  missing-position at position 21: position 20 is missing\n');
      expect(output).toMatch(/Nothing was changed\. Restore a backup/);
    },
    patience,
  );

  it(
    'is asked about a file that is there',
    async () =>
      expect(await yizhan(home, ['verify', '--file', join(home, 'none.db')])).toMatchObject({ code: 2 }),
    patience,
  );
});
