import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { append, fillStore, happened } from './filled-store.fixture.js';
import { openStore } from './store.js';
import { copyStore } from './store-copy.js';
import { restoreStore } from './store-restore.js';
import { type Census, StoreSnapshot } from './store-snapshot.js';

describe('the copy of a store', () => {
  let place: string;
  let directory: string;
  let file: string;
  let copy: string;
  let elsewhere: string;
  beforeEach(() => {
    place = mkdtempSync(join(tmpdir(), 'store-copy-'));
    directory = join(place, 'store');
    file = join(directory, 'events.db');
    copy = join(place, 'copy.db');
    elsewhere = join(place, 'elsewhere');
  });
  afterEach(() => rmSync(place, { recursive: true }));

  it('holds all of it, in one file that only its owner may read', async () => {
    await fillStore(directory, 100);
    const { bytes, ...counted } = await copyStore(file, copy);
    expect(counted).toEqual({ events: 101, streams: 11, lastPosition: 101 });
    expect(bytes).toBe(statSync(copy).size);
    expect(statSync(copy).mode & 0o777).toBe(0o600);
    expect(census(copy)).toEqual(counted);
    expect(readdirSync(place).sort()).toEqual(['copy.db', 'store']);
  });

  it('is of one moment, while the store is being written', async () => {
    const store = openStore(directory);
    for (let number = 0; number < 30; number += 1) {
      const large = { json: false, data: Buffer.alloc(500_000) }; // more than the copy takes in one step
      await append(store, 'large', happened(number, large));
    }
    let written = 0;
    const writing = copyStore(file, copy, {
      progress: () => void append(store, 'meanwhile', happened(written++)),
    });
    const { events } = await writing;
    store.close();
    expect(events).toBe(31);
    expect(written).toBeGreaterThan(0);
    expect(census(file).events).toBe(31 + written);
  });

  it('is opened as a store like any other', async () => {
    await fillStore(directory, 10);
    const restored = join(place, 'restored');
    mkdirSync(restored);
    await copyStore(file, join(restored, 'events.db'));
    const store = openStore(restored);
    await append(store, 'stream-0', happened(10));
    expect(store.log.lastPosition).toBe(12);
    store.close();
  });

  it('also holds what a crash left in the log', async () => {
    await fillStore(directory, 10);
    const store = openStore(directory);
    await append(store, 'stream-0', happened(10));
    expect(statSync(`${file}-wal`).size).toBeGreaterThan(0);
    const { events } = await copyStore(file, copy);
    store.close();
    expect(events).toBe(12);
  });

  it('does not come to be when it is broken off, and leaves what had its name', async () => {
    await fillStore(directory, 100);
    writeFileSync(copy, 'the copy of yesterday');
    await expect(copyStore(file, copy, { ready: enough })).rejects.toThrow('enough');
    expect(statSync(copy).size).toBe('the copy of yesterday'.length);
    expect(readdirSync(place).sort()).toEqual(['copy.db', 'store']);
  });

  it('takes no notice of what a killed one left behind', async () => {
    await fillStore(directory, 10);
    writeFileSync(`${copy}.tmp`, 'half a copy');
    await copyStore(file, copy);
    expect(census(copy).events).toBe(11);
  });

  it.each([
    ['that is not there', () => undefined],
    ['that is empty', (at: string) => writeFileSync(at, '')],
    [
      'that is no store',
      (at: string) => writeFileSync(at, 'a letter to the committee, in more than sixteen bytes'),
    ],
  ])('is not made of a file %s', async (_, make) => {
    const strange = join(place, 'strange');
    make(strange);
    await expect(copyStore(strange, copy)).rejects.toMatchObject({ name: 'EventStoreUnavailable' });
    expect(existsSync(copy)).toBe(false);
  });

  describe('put in its place', () => {
    beforeEach(async () => {
      await fillStore(directory, 10);
      await copyStore(file, copy);
    });

    it('is the store of a directory that has none', async () => {
      await restoreStore(copy, elsewhere);
      const store = openStore(elsewhere);
      expect(store.log.lastPosition).toBe(11);
      store.close();
    });

    it('is refused where there are events', async () =>
      expect(restoreStore(copy, directory)).rejects.toThrow(/There are events already, .*events\.db/));

    it('is refused where a log without its store waits to be played into it', async () => {
      mkdirSync(elsewhere);
      writeFileSync(join(elsewhere, 'events.db-wal'), 'what a crash left');
      await expect(restoreStore(copy, elsewhere)).rejects.toThrow(/events\.db-wal/);
    });

    it('is refused where a node runs', async () => {
      const store = openStore(elsewhere);
      await expect(restoreStore(copy, elsewhere)).rejects.toMatchObject({ reason: 'locked' });
      store.close();
    });
  });
});

function census(of: string): Census {
  const snapshot = StoreSnapshot.open(of);
  try {
    return snapshot.census();
  } finally {
    snapshot.close();
  }
}

function enough(): never {
  throw new Error('enough');
}
