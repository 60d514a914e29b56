import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from './store.js';
import { copyStore } from './store-copy.js';
import { verifyStore } from './store-verification.js';
import { metadataEvent } from './writer.js';

const COMMITS = 12;

// A crash leaves the write-ahead log as it is; the last commits may have reached the disk in part.
const around = (end: number): number[] => [end - 4096, end - 1, end, end + 1, end + 30];
// A byte of the last frame's data, then of the next frame's salt, number and sum.
const wrongAt = (end: number): number[] => [end - 2000, end + 10, end + 2, end + 20];

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

  /** A directory with a store whose log is `torn`. */
  function directoryOf(torn: Buffer): string {
    const directory = mkdtempSync(join(home, 'torn-'));
    copyFileSync(join(home, 'events.db'), join(directory, 'events.db'));
    writeFileSync(join(directory, 'events.db-wal'), torn);
    return directory;
  }
  /** How many of the commits are there when the log is `torn`. */
  function commits(torn: Buffer): number {
    const { log, close } = openStore(directoryOf(torn));
    const events = log.allAfter(0, { rows: 1000, bytes: Infinity });
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

  const withWrongByte = (offset: number): Buffer => {
    const damaged = Buffer.from(log);
    damaged[offset]! ^= 0x10;
    return damaged;
  };

  it('has all but the last commit when a byte of that one is wrong, as after a crash while it was written', () => {
    const [previous, last] = ends.slice(-2) as [number, number];
    for (const offset of [...wrongAt(previous).slice(1), last - 2000]) {
      expect([offset, commits(withWrongByte(offset))]).toEqual([offset, COMMITS - 1]);
    }
  });

  it('is refused when a byte is wrong and commits follow: a crash does not do that', () => {
    const offsets = ends.slice(0, -2).flatMap(wrongAt);
    for (const offset of [...offsets, ends.at(-2)! - 2000]) {
      expect(() => [offset, commits(withWrongByte(offset))]).toThrow(
        /damaged \(entry \d+ of its write-ahead log is broken\)/,
      );
    }
  });

  it('is neither copied nor found sound then', async () => {
    const file = join(directoryOf(withWrongByte(ends[3]! - 2000)), 'events.db');
    await expect(copyStore(file, `${file}.copy`)).rejects.toThrow(/entry \d+ .* would lack its last events/);
    const { damage } = await verifyStore(file);
    expect(damage.filter(({ kind }) => kind === 'unsound-file')).toEqual([
      { kind: 'unsound-file', detail: expect.stringMatching(/^entry \d+ of its write-ahead log is broken/) },
    ]);
  });

  it('opens when what follows is left from transactions that were given up, whatever of the last one reached the disk', () => {
    // Behind the torn commit lie one that failed and an entry of a longer one before it: of this generation, but neither
    // grew out of what stands before it.
    const frame = 24 + 4096;
    const at = (number: number): number => 32 + (number - 1) * frame;
    const end = (ends.at(-1)! - 32) / frame;
    const given = Buffer.concat([
      log,
      log.subarray(at(end), at(end) + frame),
      log.subarray(at(end - 3), at(end - 2)),
    ]);
    given[at(end) + 100]! ^= 0x10;
    expect(commits(given)).toBe(COMMITS - 1);
  });

  it('is refused, not taken for new, when the header of its log is damaged', () => {
    for (const offset of [0, 13, 25]) {
      const torn = Buffer.from(log);
      torn[offset]! ^= 0x10;
      expect(() => commits(torn)).toThrow(/damaged \(its write-ahead log has a broken header\)/);
    }
  });
});
