import { randomUUID } from 'node:crypto';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';

/** Appends one event through the official client and reads it back: the node serves. */
export async function servesAClient(connectionString: string): Promise<boolean> {
  const client = EventStoreDBClient.connectionString(connectionString);
  const stream = `well-behaved-${randomUUID()}`;
  const event = jsonEvent({ type: 'Happened', data: {} });
  try {
    await client.appendToStream(stream, event);
    for await (const read of client.readStream(stream)) if (read.event?.id === event.id) return true;
    return false;
  } finally {
    await client.dispose();
  }
}
