import { EventStoreDBClient } from '@eventstore/db-client';
import { allSubscriptionContract } from './all-subscription.contract.js';
import { appendContract } from './append.contract.js';
import { connectionContract } from './connection.contract.js';
import { deletionContract } from './deletion.contract.js';
import { expectedRevisionContract } from './expected-revision.contract.js';
import { filterContract } from './filter.contract.js';
import { idempotencyContract } from './idempotency.contract.js';
import { linkContract } from './link.contract.js';
import { readAllContract } from './read-all.contract.js';
import { readStreamContract } from './read-stream.contract.js';
import { streamMetadataContract } from './stream-metadata.contract.js';
import { streamSubscriptionContract } from './stream-subscription.contract.js';
import { tombstoneContract } from './tombstone.contract.js';

/**
 * What the application may expect of an event store, whichever it is, said through the official client alone.
 * `connect` starts or finds the store; `close` stops it again, if it was started.
 */
export function describeEventStoreContract(
  name: string,
  connect: () => Promise<{ connectionString: string; close: () => Promise<void> }>,
): void {
  describe(name, () => {
    let store: Awaited<ReturnType<typeof connect>>;
    let connected: EventStoreDBClient;
    const client = (): EventStoreDBClient => connected;

    beforeAll(async () => {
      store = await connect();
      connected = EventStoreDBClient.connectionString(store.connectionString);
    });
    afterAll(async () => {
      await connected.dispose();
      await store.close();
    });

    appendContract(client);
    expectedRevisionContract(client);
    idempotencyContract(client);
    readStreamContract(client);
    readAllContract(client);
    streamMetadataContract(client);
    deletionContract(client);
    tombstoneContract(client);
    linkContract(client);
    streamSubscriptionContract(client);
    allSubscriptionContract(client);
    filterContract(client);
    connectionContract(() => store.connectionString);
  });
}
