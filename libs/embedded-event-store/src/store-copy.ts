import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, backup } from 'node:sqlite';
import { EventStoreUnavailable } from './event-store-unavailable.js';
import { unavailable } from './sqlite-failure.js';
import { type Census, StoreSnapshot } from './store-snapshot.js';

export type StoreCopy = Census & { bytes: number };
export type CopyOptions = {
  /** Pages copied so far, of all; what it throws ends the copying. */
  progress?: (done: number, total: number) => void;
  /** Called when the copy is whole, checked and on disk, right before it takes its name. */
  ready?: () => void;
};

const PAGES_A_STEP = 1_024; // 4 MiB: between two steps the process can do something else

/**
 * Copies a store, also one that is being written, into one file that needs nothing beside it. The copy is written to
 * `<to>.tmp`, opened, checked and counted, and takes its name (and whatever had it) only when it is whole and on disk;
 * if anything fails nothing of it stays. Throws EventStoreUnavailable.
 */
export async function copyStore(from: string, to: string, options: CopyOptions = {}): Promise<StoreCopy> {
  const draft = `${to}.tmp`;
  const source = StoreSnapshot.open(from);
  try {
    refuseBrokenLog(source);
    const expected = source.census();
    prepare(draft);
    await transfer(source, draft, options);
    makeWhole(draft);
    const bytes = check(draft, expected);
    sync(draft);
    options.ready?.();
    renameSync(draft, to);
    sync(dirname(to));
    return { ...expected, bytes };
  } catch (error) {
    discard(draft);
    throw error;
  } finally {
    source.close();
  }
}

function refuseBrokenLog({ file, damageOfLog }: StoreSnapshot): void {
  if (!damageOfLog) return;
  throw new EventStoreUnavailable(
    'damaged',
    `The event store ${file} is damaged (${damageOfLog}): the copy would lack its last events.`,
  );
}

// Nobody but its owner may read it: it holds names and telephone numbers.
function prepare(draft: string): void {
  try {
    discard(draft); // left behind by a copy that was killed
    writeFileSync(draft, '', { flag: 'wx', mode: 0o600 });
  } catch (error) {
    throw new EventStoreUnavailable('unwritable', `${draft} cannot be written: ${(error as Error).message}`);
  }
}

// The open snapshot keeps SQLite from beginning anew whenever the store is written meanwhile.
async function transfer(source: StoreSnapshot, draft: string, { progress }: CopyOptions): Promise<void> {
  try {
    await backup(source.database, draft, {
      rate: PAGES_A_STEP,
      progress: ({ totalPages, remainingPages }) => progress?.(totalPages - remainingPages, totalPages),
    });
  } catch (error) {
    throw (error as { errcode?: number }).errcode === undefined ? error : unavailable(draft, error);
  }
}

// Without a log of its own the file is all there is, and can be read from where nothing can be written.
function makeWhole(draft: string): void {
  const database = new DatabaseSync(draft);
  database.exec('PRAGMA synchronous = FULL; PRAGMA journal_mode = DELETE');
  database.close();
}

function check(draft: string, expected: Census): number {
  const copy = StoreSnapshot.open(draft);
  try {
    const census = copy.census();
    const sound = copy.database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'] === 'ok';
    if (sound && JSON.stringify(census) === JSON.stringify(expected)) return copy.bytes;
  } finally {
    copy.close();
  }
  throw new EventStoreUnavailable(
    'damaged',
    `The copy is not what was copied: check the disk, and the store with yizhan verify.`,
  );
}

function sync(path: string): void {
  const descriptor = openSync(path, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}

function discard(draft: string): void {
  for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(draft + suffix, { force: true });
}
