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
  const data = stored.data as object;
  const metadata = stored.metadata as Metadata | undefined;
  const category = stored.streamId.split('-', 1)[0] ?? '';
  const upcast = upcasts[category];
  if (!stored.isJson || !upcast || metadata?.schema === undefined) {
    throw new UnreadableEvent(
      `${stored.revision}@${stored.streamId} (${stored.type}) was not written by this system`,
    );
  }
  const recordedAt = recordedAtOf(stored);
  return {
    ...(upcast({ type: stored.type, data, schema: metadata.schema }) as Event),
    id: stored.id,
    stream: stored.streamId,
    revision: stored.revision,
    position: stored.position?.commit ?? 0n,
    recordedAt,
    occurredAt: metadata.occurredAt ?? recordedAt,
    metadata,
  };
}

/** When an event was recorded first: a store that it was copied to has another time of its own. */
export function recordedAtOf({ metadata, created }: Pick<RecordedEvent, 'metadata' | 'created'>): string {
  return (metadata as Partial<Metadata> | undefined)?.recordedAt ?? created.toISOString();
}
