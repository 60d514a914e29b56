import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { EventStoreUnavailable } from './event-store-unavailable.js';
import { sqliteCode, unavailable } from './sqlite-failure.js';

export type DirectoryLock = { release(): void };

/**
 * Takes `directory` (created when absent) for this process alone.
 * The lock is SQLite's own on a file of its own: the operating system drops it however the process ends, SIGKILL included.
 */
export function lockDirectory(directory: string): DirectoryLock {
  const file = join(directory, 'events.lock');
  const pidFile = join(directory, 'events.pid');
  try {
    mkdirSync(directory, { recursive: true });
  } catch (error) {
    throw unavailable(directory, error);
  }
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(file);
    lock.exec('BEGIN EXCLUSIVE');
    writeFileSync(pidFile, `${process.pid}\n`);
  } catch (error) {
    lock?.close();
    throw sqliteCode(error) === 5 ? inUse(directory, pidFile) : unavailable(directory, error);
  }
  return { release: () => lock.close() };
}

function inUse(directory: string, pidFile: string): EventStoreUnavailable {
  const owner = pidOf(pidFile);
  return new EventStoreUnavailable(
    'locked',
    `The event store in ${directory} is in use by ${owner}: stop it first, or choose another directory.`,
  );
}

function pidOf(pidFile: string): string {
  try {
    return `process ${Number.parseInt(readFileSync(pidFile, 'utf8'), 10) || 'unknown'}`;
  } catch {
    return 'another process';
  }
}
