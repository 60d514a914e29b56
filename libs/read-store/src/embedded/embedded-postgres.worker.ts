import { parentPort, workerData } from 'node:worker_threads';
import { openEmbeddedDatabase } from './embedded-database.js';
import type { WorkerMessage } from './worker-message.js';

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
const say = (message: WorkerMessage): void => parentPort?.postMessage(message);

const database = await openEmbeddedDatabase((workerData as { directory?: string }).directory, (text) =>
  say({ kind: 'log', text }),
);
parentPort?.once('message', async () => {
  await database.close();
  parentPort?.close();
});
void database.broken.then((error) => {
  throw error; // ends the thread
});
say({ kind: 'started', connectionString: database.connectionString });
