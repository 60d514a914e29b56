import { rmSync, statSync } from 'node:fs';
import { lockDirectory } from './directory-lock.js';
import { EventStoreUnavailable } from './event-store-unavailable.js';
import { type CopyOptions, type StoreCopy, copyStore } from './store-copy.js';
import { storeFileIn } from './store-path.js';

/**
 * Puts a copy of `from` where a node on `directory` looks for its store, whole or not at all. Throws EventStoreUnavailable
 * when a node runs there, or there are events already.
 */
export async function restoreStore(
  from: string,
  directory: string,
  options: CopyOptions = {},
): Promise<StoreCopy> {
  const lock = lockDirectory(directory);
  const file = storeFileIn(directory);
  try {
    refuseEvents(file);
    return await copyStore(from, file, options);
  } finally {
    lock.release();
  }
}

// A log without its store counts as well: SQLite would play it into the file that takes its place.
function refuseEvents(file: string): void {
  const present = [file, `${file}-wal`].find(
    (path) => (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0,
  );
  if (present) {
    throw new EventStoreUnavailable(
      'unwritable',
      `There are events already, ${present}: restore into another home, or move what is there away.`,
    );
  }
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
}
