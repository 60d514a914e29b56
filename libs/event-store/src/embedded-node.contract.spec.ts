import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startNode } from '#embedded-event-store';
import { describeEventStoreContract } from './event-store.contract.js';

describeEventStoreContract('the embedded node', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'event-store-contract-'));
  const node = await startNode({ directory });
  const close = async (): Promise<void> => {
    await node.close();
    await rm(directory, { recursive: true });
  };
  return { connectionString: node.connectionString, close };
});

// A real EventStoreDB on trial: EVENTSTORE_TEST_URL='esdb://127.0.0.1:2113?tls=false'. It is written to, never emptied.
const connectionString = process.env['EVENTSTORE_TEST_URL'];
if (connectionString === undefined) {
  it.skip('a real EventStoreDB: not tested, EVENTSTORE_TEST_URL is not set', () => undefined);
} else {
  describeEventStoreContract('a real EventStoreDB', () =>
    Promise.resolve({ connectionString, close: () => Promise.resolve() }),
  );
}
