import type { RecordedEvent } from '@eventstore/db-client';
import type { DomainEvent, Metadata, Recorded, Upcast } from '#event-sourcing';

/** Upcasts by the category of a stream: what stands before the first `-` of its name. */
export type Upcasts = Readonly<Record<string, Upcast>>;

/** A stored event of another kind than ours stands in one of our streams. */
export class UnreadableEvent extends Error {
  override readonly name = 'UnreadableEvent';
}

/** Decodes and upcasts; the only place where stored JSON becomes a domain event. */
export function recorded<Event extends DomainEvent>(
  stored: RecordedEvent,
  upcasts: Upcasts,
): Recorded<Event> {
  return upcasted<Event>(decoded(stored), upcasts);
}

/** An event as it was stored, in today's shape. Throws {@link UnreadableEvent} where nobody knows how. */
export function upcasted<Event extends DomainEvent>(stored: Recorded, upcasts: Upcasts): Recorded<Event> {
  const { type, data, metadata } = stored;
  const upcast = upcasts[stored.stream.split('-', 1)[0] ?? ''];
  if (!upcast || metadata?.schema === undefined) throw unreadable(stored);
  return { ...stored, ...(upcast({ type, data, schema: metadata.schema }) as Event) };
}

/** An event as it was stored, in the shape it was stored in. Throws {@link UnreadableEvent} where that is not JSON. */
export function decoded(stored: RecordedEvent): Recorded {
  const metadata = stored.metadata as Metadata | undefined;
  const stream = stored.streamId;
  if (!stored.isJson || !metadata) throw unreadable({ ...stored, stream });
  const recordedAt = metadata.recordedAt ?? stored.created.toISOString();
  return {
    type: stored.type,
    data: stored.data as object,
    id: stored.id,
    stream,
    revision: stored.revision,
    position: stored.position?.commit ?? 0n,
    recordedAt,
    occurredAt: metadata.occurredAt ?? recordedAt,
    metadata,
  };
}

function unreadable({ type, stream, revision }: Pick<Recorded, 'type' | 'stream' | 'revision'>): Error {
  return new UnreadableEvent(`${revision}@${stream} (${type}) was not written by this system`);
}
