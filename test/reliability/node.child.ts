import { startNode } from '#embedded-event-store';
import { createInterface } from 'node:readline';
import type { NodeReport } from './node-process.js';

// The embedded node as a process of its own, there to be killed: loads everything, says `ready`, and opens the store
// in the folder it is told on its standard input. When the input ends it closes in good order.
// Without the thread that a station gives it: that would double the time of each of a thousand starts and change nothing on disk.
const report = (line: NodeReport): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
report({ kind: 'ready' });
const first = await lines.next();
if (!first.done) {
  try {
    const node = await startNode({ directory: first.value });
    report({ kind: 'started', url: node.connectionString });
    await lines.next();
    await node.close();
  } catch (error) {
    report({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    process.exitCode = 1;
  }
}
