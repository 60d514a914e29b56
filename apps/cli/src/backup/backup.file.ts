import { existsSync, realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type StoreCopy, copyStore } from '#embedded-event-store';
import { homeOf, signingKeyFile } from '#station-home';
import { Failure } from '../failure.js';
import { count, counted, megabytes, timed } from '../figures.js';
import { progressBar } from '../progress.bar.js';
import { eventsFileOf } from '../session/home.events.js';
import type { Session } from '../session/session.js';
import type { BackupOptions } from './backup.command.js';

/**
 * Copies the home's events and says what was copied. It reads the file itself, beside the station: SQLite lets readers in
 * while a writer writes, a connection that may not write cannot harm the only copy, and it works the same when no station runs.
 */
export async function backup(
  { environment, signal }: Session,
  file: string,
  { force = false, json = false }: BackupOptions,
): Promise<string> {
  const from = eventsFileOf(environment, 'backup');
  const to = resolve(file);
  refuseTarget(from, to, force);
  const bar = progressBar('{value} of {total} pages');
  try {
    const { result, seconds } = await timed(() =>
      copyStore(from, to, {
        progress: (done, total) => {
          signal.throwIfAborted();
          bar.show(done, total);
        },
      }),
    );
    return json
      ? `${JSON.stringify({ file: to, ...result, seconds })}\n`
      : said(to, result, seconds, homeOf(environment));
  } finally {
    bar.end();
  }
}

function refuseTarget(from: string, to: string, force: boolean): void {
  const present = statSync(to, { throwIfNoEntry: false });
  if (!present) return;
  if (!present.isFile()) throw new Failure(`${to} is not a file`, 2);
  if (!force) throw new Failure(`${to} exists: choose another name, or replace it with --force`);
  // A store that is open has its log beside it, which would be taken for the new file's.
  if (realpathSync(to) === realpathSync(from) || existsSync(`${to}-wal`)) {
    throw new Failure(`${to} is a store in use and cannot be replaced by its backup`, 2);
  }
}

function said(file: string, copy: StoreCopy, seconds: number, home: string): string {
  const { events, streams, lastPosition, bytes } = copy;
  return `Backed up ${counted(events, 'event')} of ${counted(streams, 'stream')}, up to position ${count(lastPosition)}, in ${seconds.toFixed(1)} s.
  ${file} (${megabytes(bytes)})
Not in it:
  the read models: they are built anew from the events
  the signing key ${signingKeyFile(home)}: keep a copy of it elsewhere; a station restored without it refuses
  the tokens it gave out
`;
}
