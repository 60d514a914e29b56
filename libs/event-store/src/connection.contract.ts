import { EventStoreDBClient } from '@eventstore/db-client';
import { all, freshStream, proposed, revisions } from './fixtures.contract.js';

export function connectionContract(connectionString: () => string): void {
  describe('connecting', () => {
    it('finds the node by gossip', async () => {
      const discovering = connectionString().replace('esdb://', 'esdb+discover://');
      const client = EventStoreDBClient.connectionString(discovering);
      const stream = freshStream();
      await client.appendToStream(stream, proposed(2));
      expect(revisions(await all(client.readStream(stream)))).toEqual([0, 1]);
      await client.dispose();
    });

    it('serves several clients at once', async () => {
      const clients = Array.from({ length: 5 }, () =>
        EventStoreDBClient.connectionString(connectionString()),
      );
      const stream = freshStream();
      await Promise.all(clients.map((client) => client.appendToStream(stream, proposed(1))));
      expect(revisions(await all(clients[0]!.readStream(stream)))).toEqual([0, 1, 2, 3, 4]);
      await Promise.all(clients.map((client) => client.dispose()));
    });
  });
}
