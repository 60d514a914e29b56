import { EventStoreDBClient, type AllStreamRecordedEvent } from '@eventstore/db-client';
import type { Read } from './survivors.js';

/** A client for the length of one piece of work. */
export async function withClient<T>(
  url: string,
  work: (client: EventStoreDBClient) => Promise<T>,
): Promise<T> {
  const client = EventStoreDBClient.connectionString(url);
  try {
    return await work(client);
  } finally {
    await client.dispose();
  }
}

/** $all from a position, that one included, to its end; system events, too. */
export async function readAllFrom(client: EventStoreDBClient, position: bigint): Promise<Read[]> {
  const all: Read[] = [];
  const fromPosition = { commit: position, prepare: position };
  for await (const { event } of client.readAll({ fromPosition })) if (event) all.push(asRead(event));
  return all;
}

function asRead(event: AllStreamRecordedEvent): Read {
  const { streamId, revision, id, type, data, position } = event;
  return { position: position.commit, stream: streamId, revision: Number(revision), id, type, data };
}
