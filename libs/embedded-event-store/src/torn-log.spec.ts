import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from './store.js';
import { metadataEvent } from './writer.js';

const COMMITS = 12;

// A crash leaves the write-ahead log as it is; the last commits may have reached the disk in part.
const around = (end: number): number[] => [end - 4096, end - 1, end, end + 1, end + 30];

describe('a store with a torn write-ahead log', () => {
  let home: string;
  let log: Buffer;
  /** Bytes of the log after each commit. */
  const ends: number[] = [];
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'event-store-'));
    const directory = join(home, 'crashed');
    const store = openStore(directory);
    const wal = join(directory, 'events.db-wal');
    for (let commit = 1; commit <= COMMITS; commit++) {
      store.log.commit(() => {
        for (let n = 0; n < 3; n++) {
          store.log.insert(1, commit * 3 + n, 1, metadataEvent(Buffer.alloc(commit * 100)));
        }
      });
      ends.push(readFileSync(wal).length);
    }
    log = readFileSync(wal);
    copyFileSync(join(directory, 'events.db'), join(home, 'events.db'));
    store.close();
  });
  afterAll(() => rmSync(home, { recursive: true }));

  /** How many of the commits are there when the log is `torn`. */
  function commits(torn: Buffer): number {
    const directory = mkdtempSync(join(home, 'torn-'));
    copyFileSync(join(home, 'events.db'), join(directory, 'events.db'));
    writeFileSync(join(directory, 'events.db-wal'), torn);
    const { log, close } = openStore(directory);
    const events = log.allAfter(0, 1000);
    close();
    expect(events.map(({ position }) => position)).toEqual(events.map((_, at) => at + 1));
    return (events.length - 1) / 3;
  }
  const wholeBefore = (offset: number): number => ends.filter((end) => end <= offset).length;

  it('has every commit that is whole, and nothing of the one that was cut off', () => {
    for (const length of ends.flatMap(around).filter((at) => at <= log.length && at > ends[0]!)) {
      expect([length, commits(log.subarray(0, length))]).toEqual([length, wholeBefore(length)]);
    }
  });

  it('has the commits before a byte that is wrong, and nothing of it or of what follows', () => {
    for (const offset of ends.flatMap((end) => [end - 2000, end + 10]).filter((at) => at < log.length)) {
      const torn = Buffer.from(log);
      torn[offset]! ^= 0x10;
      expect([offset, commits(torn)]).toEqual([offset, wholeBefore(offset)]);
    }
  });

  it('is refused, not taken for new, when the header of its log is damaged', () => {
    for (const offset of [0, 13, 25]) {
      const torn = Buffer.from(log);
      torn[offset]! ^= 0x10;
      expect(() => commits(torn)).toThrow(/damaged \(its write-ahead log has a broken header\)/);
    }
  });
});
