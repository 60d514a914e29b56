import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openStore } from './store.js';

describe('a store whose process was killed while it made the file', () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'event-store-'))));
  afterEach(() => rmSync(directory, { recursive: true }));

  it('is made anew from what the rollback journal left', () => {
    const making = join(directory, 'making.db');
    const file = join(directory, 'events.db');
    const database = new DatabaseSync(making);
    database.exec('CREATE TABLE half (made); DROP TABLE half; PRAGMA cache_size = 1');
    // More than fits its memory: only when pages go into the file is the journal written out before them.
    database.exec('BEGIN; CREATE TABLE half (made)');
    for (let row = 0; row < 50; row++) database.exec('INSERT INTO half VALUES (zeroblob(5000))');
    copyFileSync(making, file);
    copyFileSync(`${making}-journal`, `${file}-journal`);
    database.close();
    expect(statSync(`${file}-journal`).size).toBeGreaterThan(0);

    const { log, close } = openStore(directory);
    expect(log.lastPosition).toBe(1);
    close();
  });
});
