import {
  closeSync,
  copyFileSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { EventStoreUnavailable } from './event-store-unavailable.js';
import { STATEMENTS } from './log.js';
import { ONE } from './page-size.js';
import { openStore } from './store.js';
import { metadataEvent } from './writer.js';

describe('opening a store', () => {
  let directory: string;
  let file: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'event-store-'));
    file = join(directory, 'events.db');
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  function refusal(): EventStoreUnavailable {
    try {
      openStore(directory).close();
    } catch (error) {
      return error as EventStoreUnavailable;
    }
    throw new Error('It was opened.');
  }
  function fill(events: number): void {
    const store = openStore(directory);
    store.log.commit(() => {
      const stream = store.log.addStream('filled');
      for (let at = 0; at < events; at++) store.log.insert(stream, at, 1, metadataEvent(Buffer.alloc(200)));
    });
    store.close();
  }

  it('makes it, durable, with one system event at position 1', () => {
    const { log, close } = openStore(join(directory, 'deep', 'down'));
    const setting = (name: string) => Object.values(log.database.prepare(`PRAGMA ${name}`).get()!)[0];
    expect([setting('journal_mode'), setting('synchronous')]).toEqual(['wal', 2]);
    const [event] = log.allAfter(0, ONE);
    expect(event).toMatchObject({ position: 1, revision: 0, type: '$metadata' });
    expect(event?.stream).toMatch(/^\$\$\$stats-/);
    close();
  });

  it('opens it again as it was, and adds nothing', () => {
    fill(10);
    const { log, close } = openStore(directory);
    expect(log.lastPosition).toBe(11);
    close();
  });

  it('finds every row by a key, never by a scan or a sort', () => {
    const { log, close } = openStore(directory);
    for (const sql of Object.values(STATEMENTS)) {
      const plan = log.database
        .prepare(`EXPLAIN QUERY PLAN ${sql}`)
        .all()
        .map(({ detail }) => String(detail));
      expect(plan.join('\n')).not.toMatch(/SCAN|TEMP/);
    }
    close();
  });

  it('refuses a directory that is in use', () => {
    const { close } = openStore(directory);
    const error = refusal();
    expect(error).toBeInstanceOf(EventStoreUnavailable);
    expect([error.reason, error.message]).toEqual([
      'locked',
      expect.stringContaining(`process ${process.pid}`),
    ]);
    close();
    openStore(directory).close();
  });

  it('refuses a file of a newer version', () => {
    fill(1);
    const database = new DatabaseSync(file);
    database.exec('PRAGMA user_version = 2');
    database.close();
    expect(refusal().reason).toBe('newer-version');
  });

  it("refuses another program's database, and leaves it alone", () => {
    const database = new DatabaseSync(file);
    database.exec('CREATE TABLE theirs (x)');
    database.close();
    const before = readFileSync(file);
    expect(refusal().reason).toBe('damaged');
    expect(readFileSync(file)).toEqual(before);
  });

  it('refuses what is no database', () => {
    writeFileSync(file, 'x'.repeat(10_000));
    expect(refusal().reason).toBe('damaged');
  });

  it('refuses a file with a page overwritten, and changes nothing in it', () => {
    fill(2000);
    const middle = Math.floor(statSync(file).size / 2 / 4096) * 4096;
    const opened = openSync(file, 'r+');
    writeSync(opened, Buffer.alloc(4096, 0xaa), 0, 4096, middle);
    const before = readFileSync(file);
    expect(refusal().reason).toBe('damaged');
    expect(readFileSync(file)).toEqual(before);
  });

  it('refuses a file that was cut short', () => {
    fill(2000);
    writeFileSync(file, readFileSync(file).subarray(0, -20_000));
    expect(refusal().reason).toBe('damaged');
  });

  it('refuses a file that was cut short though it is too large to be read whole', () => {
    fill(1);
    const pages = 80_000;
    const count = Buffer.alloc(4);
    count.writeUInt32BE(pages);
    const opened = openSync(file, 'r+');
    writeSync(opened, count, 0, 4, 28); // where the header says how many pages there are
    closeSync(opened);
    truncateSync(file, (pages - 1) * 4096);
    expect(refusal().reason).toBe('damaged');
  });

  it('refuses a place where nothing can be written', () => {
    writeFileSync(join(directory, 'file'), '');
    directory = join(directory, 'file');
    const error = refusal();
    directory = join(directory, '..');
    expect(error.reason).toBe('unwritable');
  });

  it('opens with every committed event what a crash left behind', () => {
    const { log, close } = openStore(directory);
    log.commit(() => log.insert(1, 1, 1, metadataEvent(Buffer.from('{}'))));
    const crashed = mkdtempSync(join(tmpdir(), 'event-store-'));
    for (const name of ['events.db', 'events.db-wal'])
      copyFileSync(join(directory, name), join(crashed, name));
    close();
    const recovered = openStore(crashed);
    expect(recovered.log.lastPosition).toBe(2);
    recovered.close();
    rmSync(crashed, { recursive: true });
  });
});
