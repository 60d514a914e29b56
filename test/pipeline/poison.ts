import { randomUUID } from 'node:crypto';
import { EventStore, consistencyToken } from '#event-store';
import { requestId, requestSchema, requestStream } from '#requests';

/** Stores an event of a known type that no projection can apply: what it is about is missing. */
export async function poison(eventStoreUrl: string): Promise<{ stream: string; token: string }> {
  const stream = requestStream(requestId('YFXJ', '2026-11-22', randomUUID()));
  const store = EventStore.connect(eventStoreUrl, 'as-stored');
  const actor = { subject: 's', name: 'n', role: 'volunteer' };
  const metadata = {
    $correlationId: '1',
    $causationId: '1',
    actor,
    schema: requestSchema,
    commandHash: 'h',
  };
  const event = { id: randomUUID(), type: 'RequestLogged', data: { station: null }, metadata };
  const { position } = await store.append(stream, 'no_stream', [event]);
  await store.dispose();
  return { stream, token: consistencyToken({ stream, position }) };
}
