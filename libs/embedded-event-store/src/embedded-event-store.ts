import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { EventStoreUnavailable } from './event-store-unavailable.js';
import type { NodeOptions } from './node.js';
import type { WorkerMessage } from './worker-message.js';

export type EmbeddedEventStore = {
  /** `esdb://127.0.0.1:PORT?tls=false`, for the official client. */
  connectionString: string;
  port: number;
  /** Resolves if the node's thread ends without `close()`; otherwise never settles. */
  failed: Promise<Error>;
  /** Finishes accepted appends, ends open calls, closes the store and gives up its lock. */
  close(): Promise<void>;
};

/** Starts the node in a thread of its own, on the loopback. Throws EventStoreUnavailable. */
export async function startEmbeddedEventStore(options: NodeOptions): Promise<EmbeddedEventStore> {
  const worker = new Worker(new URL('./node.worker.js', import.meta.url), { workerData: options });
  const ended = new Promise<Error>((resolve) => {
    worker.once('error', (error) => resolve(error instanceof Error ? error : new Error(String(error))));
    worker.once('exit', (code) =>
      resolve(new Error(`The event store's thread ended unexpectedly (code ${code}).`)),
    );
  });
  const message = await Promise.race([
    once(worker, 'message').then(([first]) => first as WorkerMessage),
    ended.then((error) => Promise.reject(error)),
  ]);
  if (message.kind === 'unavailable') throw new EventStoreUnavailable(message.reason, message.message);

  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    worker.postMessage('close');
    await ended;
  };
  return {
    connectionString: message.connectionString,
    port: message.port,
    failed: new Promise((resolve) => void ended.then((error) => closing ?? resolve(error))),
    close: () => (closing ??= close()),
  };
}
