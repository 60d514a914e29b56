import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { storeFileIn } from '#embedded-event-store';
import { eventsFolder } from '#station-home';
import { openStore } from '../../libs/embedded-event-store/src/store.js';
import { endProcesses, launchStation, temporaryHome } from '../processes/station.process.js';
import { protect, withoutProtection } from '../reliability/write-protection.js';

const PATIENCE_MS = 180_000;

/** A home with a store of events in it; the store's file. */
async function homeWithStore(): Promise<{ home: string; file: string }> {
  const home = await temporaryHome();
  const file = storeFileIn(eventsFolder(home));
  mkdirSync(dirname(file), { recursive: true });
  openStore(dirname(file)).close();
  return { home, file };
}

/** The only line of a station that ends with 1, without the name of the program. */
async function said(home: string): Promise<string> {
  const station = await launchStation({ home });
  expect([await station.exited, station.output()]).toEqual([1, station.stderr()]);
  const [line, ...more] = station.stderr().trimEnd().split('\n');
  expect(more).toEqual([]);
  return line!.replace(/^yizhan-station: /, '');
}

describe('a station whose store of events cannot be opened', () => {
  afterAll(endProcesses);

  it(
    'says that it is damaged and what to do, ends with 1, and changes nothing',
    async () => {
      const { home, file } = await homeWithStore();
      const bytes = readFileSync(file).fill(0xaa, 4096, 8192);
      writeFileSync(file, bytes);
      expect(await said(home)).toMatch(
        new RegExp(`^The event store ${file} is damaged.*: restore a backup, nothing was changed\\.$`),
      );
      expect(readFileSync(file)).toEqual(bytes);
    },
    PATIENCE_MS,
  );

  it(
    'says that a newer version wrote it, and ends with 1',
    async () => {
      const { home, file } = await homeWithStore();
      const database = new DatabaseSync(file);
      database.exec('PRAGMA user_version = 9');
      database.close();
      expect(await said(home)).toBe(
        `The event store ${file} has format 9, this program knows formats up to 1: install a newer one.`,
      );
    },
    PATIENCE_MS,
  );

  it(
    'says which process has it, and ends with 1',
    async () => {
      const { home, file } = await homeWithStore();
      const other = openStore(dirname(file));
      expect(await said(home)).toContain(`process ${process.pid}`);
      other.close();
    },
    PATIENCE_MS,
  );

  it(
    'says that it is read-only, and ends with 1',
    async () => {
      const { home, file } = await homeWithStore();
      const release = protect([file]);
      if (!release) return withoutProtection('a store whose file is read-only');
      const line = await said(home).finally(release);
      expect(line).toBe(
        `The event store ${file} is read-only: make the file and its directory writable for this user.`,
      );
    },
    PATIENCE_MS,
  );

  it(
    'says that its folder cannot be written, and ends with 1',
    async () => {
      const { home, file } = await homeWithStore();
      const release = protect([dirname(file)]);
      if (!release) return withoutProtection('a store whose folder is read-only');
      const line = await said(home).finally(release);
      expect(line).toContain(dirname(file));
      expect(line).toMatch(/writ/);
    },
    PATIENCE_MS,
  );
});
