import { EventStoreUnavailable, type UnavailableReason } from './event-store-unavailable.js';

/** The primary result code of an error from node:sqlite (5 = busy, 11 = corrupt …), or undefined for any other error. */
export function sqliteCode(error: unknown): number | undefined {
  const code = (error as { errcode?: unknown } | undefined)?.errcode;
  return typeof code === 'number' ? code & 0xff : undefined;
}

const REASONS: Record<number, [UnavailableReason, string]> = {
  5: ['locked', 'is being written by another program: close that program and start again'],
  6: ['locked', 'is being written by another program: close that program and start again'],
  8: ['unwritable', 'is read-only: make the file and its directory writable for this user'],
  10: ['unwritable', 'cannot be read or written by the operating system: check the disk'],
  11: ['damaged', 'is damaged: restore a backup, nothing was changed'],
  13: ['unwritable', 'has no room left: free disk space and start again'],
  14: ['unwritable', 'cannot be opened: check that the directory exists and this user may write in it'],
  23: ['unwritable', 'may not be opened: check the rights of this user'],
  26: [
    'damaged',
    'is not an event store (or its first page is damaged): restore a backup, nothing was changed',
  ],
};

/** What an error met while opening `file` means for the person who starts the store. */
export function unavailable(file: string, error: unknown): EventStoreUnavailable {
  if (error instanceof EventStoreUnavailable) return error;
  const cause = error instanceof Error ? error : new Error(String(error));
  const [reason, advice] = REASONS[sqliteCode(error) ?? -1] ?? [
    'unwritable',
    `cannot be opened: ${cause.message}`,
  ];
  return new EventStoreUnavailable(reason, `The event store ${file} ${advice}.`, { cause });
}
