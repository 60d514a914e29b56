import { logVerbosity, setLogVerbosity } from '@grpc/grpc-js';
import { parentPort, workerData } from 'node:worker_threads';
import { EventStoreUnavailable } from './event-store-unavailable.js';
import { startNode, type NodeOptions } from './node.js';
import type { WorkerMessage } from './worker-message.js';

// A thin shell: the node knows nothing of threads. Errors are told, so grpc-js need not print them too.
setLogVerbosity(logVerbosity.NONE);
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
const say = (message: WorkerMessage): void => parentPort?.postMessage(message);

try {
  const node = await startNode(workerData as NodeOptions);
  parentPort?.once('message', async () => {
    await node.close();
    parentPort?.close();
  });
  say({ kind: 'started', port: node.port, connectionString: node.connectionString });
} catch (error) {
  if (!(error instanceof EventStoreUnavailable)) throw error;
  say({ kind: 'unavailable', reason: error.reason, message: error.message });
}
