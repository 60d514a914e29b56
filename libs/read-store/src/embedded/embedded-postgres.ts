import { Worker } from 'node:worker_threads';
import type { Log } from './data-directory.js';
import { openEmbeddedDatabase } from './embedded-database.js';
import type { WorkerMessage } from './worker-message.js';

export type EmbeddedPostgres = {
  /** For node-postgres; only this user of this machine can use it. */
  connectionString: string;
  /** Resolves when the database dies without `close()`; otherwise never settles. */
  failed: Promise<Error>;
  close: () => Promise<void>;
};

const toStandardError: Log = (text) => void process.stderr.write(`${text}\n`);

/**
 * PostgreSQL in the process: PGlite in a thread of its own, so that its work never holds up HTTP. Everything is kept below
 * `directory`, in memory without one. What is damaged is thrown away with a line to `log`: projections build it anew.
 */
export async function startEmbeddedPostgres(
  directory?: string,
  log: Log = toStandardError,
): Promise<EmbeddedPostgres> {
  // A thread cannot load TypeScript: specs, which run the sources, keep the database in their own.
  if (import.meta.url.endsWith('.ts')) return inThisThread(directory, log);
  const worker = new Worker(new URL('./embedded-postgres.worker.js', import.meta.url), {
    workerData: { directory },
  });
  const ended = new Promise<Error>((resolve) => {
    worker.once('error', (error) => resolve(error instanceof Error ? error : new Error(String(error))));
    worker.once('exit', (code) => resolve(new Error(`the read models' thread ended (code ${code})`)));
  });
  const started = new Promise<string>((resolve) => {
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'log') log(message.text);
      else resolve(message.connectionString);
    });
  });
  const connectionString = await Promise.race([started, ended.then((error) => Promise.reject(error))]);

  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    worker.postMessage('close');
    await ended;
  };
  return {
    connectionString,
    failed: new Promise((resolve) => void ended.then((error) => closing ?? resolve(error))),
    close: () => (closing ??= close()),
  };
}

async function inThisThread(directory: string | undefined, log: Log): Promise<EmbeddedPostgres> {
  const { connectionString, broken, close } = await openEmbeddedDatabase(directory, log);
  return { connectionString, failed: broken, close };
}
