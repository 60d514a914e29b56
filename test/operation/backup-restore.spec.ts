import { cp, mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { launchYizhan, yizhan } from '../import/yizhan.process.js';
import {
  type StationProcess,
  endProcesses,
  startStation,
  temporaryHome,
} from '../processes/station.process.js';
import { answersOf, logRequests, openTown } from './town.fixture.js';

const patience = 300_000; // milliseconds: a busy machine takes its time to start processes

afterAll(endProcesses);

type Figures = { events: number; streams: number; lastPosition: number; bytes: number };

const figuresOf = (file: string): object => {
  const database = new DatabaseSync(file, { readOnly: true });
  const found = database
    .prepare(
      'SELECT count(*) AS events, count(DISTINCT stream) AS streams, max(position) AS lastPosition FROM events',
    )
    .get();
  database.close();
  return { ...found };
};
const figures = (text: string): Figures => JSON.parse(text) as Figures;

describe('a backup', () => {
  let station: StationProcess;
  let folder: string;
  let ids: string[];
  beforeAll(async () => {
    folder = await temporaryHome();
    station = await startStation();
    await openTown(station);
    ids = await logRequests(station, 6);
  }, patience);

  it(
    'is made while the station writes, and holds all that was answered before it began',
    async () => {
      const file = join(folder, 'busy.db');
      const answered = figuresOf(join(station.home, 'events/events.db')) as Figures;
      const [said, more] = await Promise.all([
        yizhan(station.home, ['backup', file, '--json']),
        logRequests(station, 30, 6),
      ]);
      ids.push(...more);
      expect({ code: said.code, errors: said.errors }).toEqual({ code: 0, errors: '' });
      const { events, streams, lastPosition, bytes } = figures(said.output);
      expect(figuresOf(file)).toEqual({ events, streams, lastPosition });
      expect(bytes).toBe((await stat(file)).size);
      expect(events).toBeGreaterThanOrEqual(answered.events);
      expect(await readdir(folder)).toEqual(['busy.db']);
    },
    patience,
  );

  it(
    'does not replace a file unless it is told to',
    async () => {
      const file = join(folder, 'kept.db');
      await writeFile(file, 'of yesterday');
      const refused = await yizhan(station.home, ['backup', file]);
      expect(refused).toMatchObject({ code: 1, output: expect.stringContaining('--force') });
      expect(await readFile(file, 'utf8')).toBe('of yesterday');
      const made = await yizhan(station.home, ['backup', '--force', file]);
      expect(made.code).toBe(0);
      expect(made.lines[0]).toMatch(
        /^Backed up \d+ events of \d+ streams, up to position \d+, in [\d.]+ s\.$/,
      );
      expect(made.output).toContain('signing-key.json');
    },
    patience,
  );

  it(
    'never takes the place of the store itself',
    async () => {
      const said = await yizhan(station.home, ['backup', '--force', join(station.home, 'events/events.db')]);
      expect(said).toMatchObject({ code: 2, output: expect.stringContaining('store in use') });
    },
    patience,
  );

  it(
    'is for events under YIZHAN_HOME',
    async () => {
      const elsewhere = { EVENTSTORE_URL: 'esdb://127.0.0.1:2113?tls=false' };
      expect(await yizhan(station.home, ['backup', join(folder, 'none.db')], elsewhere)).toMatchObject({
        code: 2,
        output: expect.stringContaining('EVENTSTORE_URL is set'),
      });
      const empty = await temporaryHome();
      expect(await yizhan(empty, ['backup', join(folder, 'none.db')])).toMatchObject({ code: 1 });
      expect(await readdir(folder)).not.toContain('none.db');
    },
    patience,
  );

  it(
    'of a station that was killed, restored into an empty home, is a station that answers the same',
    async () => {
      const before = await answersOf(station, ids);
      await station.kill();
      const file = join(folder, 'after-a-crash.db');
      expect((await yizhan(station.home, ['backup', file])).code).toBe(0);

      const home = await temporaryHome();
      await mkdir(join(home, 'read-models')); // of other events: they must go
      await writeFile(join(home, 'read-models', 'stale'), '');
      const restored = await yizhan(home, ['restore', file]);
      expect(restored).toMatchObject({ code: 0, output: expect.stringContaining('no signing key') });
      expect(await readdir(home)).toEqual(['events']);
      const again = await yizhan(home, ['restore', file]);
      expect(again).toMatchObject({ code: 1, output: expect.stringContaining('There are events already') });

      await cp(join(station.home, 'access'), join(home, 'access'), { recursive: true });
      const second = await startStation({ home });
      expect(await answersOf(second, ids)).toEqual(before);
      const onRunning = await yizhan(home, ['restore', file]);
      expect(onRunning).toMatchObject({ code: 1, output: expect.stringContaining('in use') });
      await logRequests(second, 1, 40);
      await second.stop();
    },
    patience,
  );

  it(
    'that is damaged is not restored, and leaves the home empty',
    async () => {
      const file = join(folder, 'damaged.db');
      await cp(join(folder, 'busy.db'), file);
      const database = new DatabaseSync(file);
      database.exec('DELETE FROM events WHERE position = 5');
      database.close();
      const home = await temporaryHome();
      const said = await yizhan(home, ['restore', file]);
      expect(said).toMatchObject({
        code: 1,
        output: expect.stringContaining('is damaged and was not restored'),
      });
      expect(await readdir(home)).toEqual([]);
    },
    patience,
  );

  it(
    'of events that are not what they should be is restored, and it is said which',
    async () => {
      const file = join(folder, 'odd.db');
      await cp(join(folder, 'busy.db'), file);
      const database = new DatabaseSync(file);
      database.exec(`UPDATE events SET type = 'Exploded' WHERE position = 5`);
      database.close();
      const said = await yizhan(await temporaryHome(), ['restore', file]);
      expect(said).toMatchObject({
        code: 0,
        output: expect.stringMatching(/^Restored [^]*unreadable-event \S+ at position 5: Exploded/),
      });
    },
    patience,
  );

  it(
    'that was killed is not there, and the next one is made',
    async () => {
      const file = join(folder, 'killed.db');
      const backup = launchYizhan(station.home, ['backup', file]);
      while (!(await readdir(folder)).some((name) => name.startsWith('killed.db')))
        await new Promise(setImmediate);
      backup.signal('SIGKILL');
      await backup.exited;
      const made = await yizhan(station.home, ['backup', '--force', file, '--json']);
      expect(made.code).toBe(0);
      expect(figuresOf(file)).toMatchObject({ events: figures(made.output).events });
      expect((await readdir(folder)).filter((name) => name.startsWith('killed.db'))).toEqual(['killed.db']);
    },
    patience,
  );
});
