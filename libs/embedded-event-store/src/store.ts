import { hostname } from 'node:os';
import { AppendedSignal } from './appended-signal.js';
import { CommitQueue } from './commit-queue.js';
import { lockDirectory } from './directory-lock.js';
import { EventLog } from './log.js';
import { openStoreFile } from './store-file.js';
import { storeFileIn } from './store-path.js';
import { Streams } from './stream.js';
import { metadataEvent, Writer } from './writer.js';

/** One directory of events, open for this process alone. */
export type Store = {
  log: EventLog;
  streams: Streams;
  writer: Writer;
  appended: AppendedSignal;
  /** Commits what was accepted and refuses what comes later. */
  stopWriting(): void;
  close(): void;
};

/** Opens (or creates) the store in `directory`. Throws EventStoreUnavailable. */
export function openStore(directory: string): Store {
  const lock = lockDirectory(directory);
  try {
    const { database, isNew } = openStoreFile(storeFileIn(directory));
    const log = new EventLog(database);
    const streams = new Streams(log);
    const appended = new AppendedSignal();
    const queue = new CommitQueue(log, {
      committed: () => appended.raise(),
      failed: () => streams.forget(),
    });
    if (isNew) describeStatistics(log);
    const close = (): void => {
      queue.close();
      database.close();
      lock.release();
    };
    return {
      log,
      streams,
      writer: new Writer(log, streams, queue),
      appended,
      stopWriting: () => queue.close(),
      close,
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

// A real node's $all is never empty of system events, and clients have come to rely on it.
function describeStatistics(log: EventLog): void {
  log.commit(() => {
    const stream = log.addStream(`$$$stats-${hostname()}`);
    log.insert(stream, 0, Date.now(), metadataEvent(Buffer.from('{"$maxAge":86400}')));
  });
}
