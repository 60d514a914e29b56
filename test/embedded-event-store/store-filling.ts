import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';

/** Appends so many events of some 700 bytes to the stream `filling`, a few hundred at a time. */
export async function fill(connectionString: string, events: number): Promise<void> {
  const client = EventStoreDBClient.connectionString(connectionString);
  const text = 'x'.repeat(600);
  for (let at = 0; at < events; at += 500) {
    const page = Array.from({ length: 500 }, (_, index) =>
      jsonEvent({ type: 'Filled', data: { at: at + index, text } }),
    );
    await client.appendToStream('filling', page);
  }
  await client.dispose();
}
