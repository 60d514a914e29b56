import { startNode } from '#embedded-event-store';

// The embedded node in a process of its own, as a stand-in for an EventStoreDB beside the commands app.
const began = performance.now();
const node = await startNode({ directory: process.env['DIRECTORY'] ?? '' });
process.stdout.write(`opened in ${performance.now() - began} ms\nnode listens on ${node.connectionString}\n`);
process.once('SIGTERM', () => void node.close().then(() => process.exit(0)));
