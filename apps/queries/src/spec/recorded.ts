import { type DomainEvent, type Projection, type Recorded, project } from '#event-sourcing';

export type Happened<Event extends DomainEvent> = Event & {
  /** ISO 8601, UTC; a minute after the event before by default. */
  at?: string;
  by?: string;
};

const start = Date.parse('2026-11-22T02:00:00.000Z');

/** Events as the store gives them: one stream, revisions and positions from 0 on, a minute apart. */
export const recorded = <Event extends DomainEvent>(
  stream: string,
  events: readonly Happened<Event>[],
): Recorded<Event>[] =>
  events.map(({ at, by = '张连生', ...event }, index) => {
    const recordedAt = new Date(start + index * 60_000).toISOString();
    return {
      ...(event as unknown as Event),
      id: `event-${index}`,
      stream,
      revision: BigInt(index),
      position: BigInt(index),
      recordedAt,
      occurredAt: at ?? recordedAt,
      metadata: {
        $correlationId: 'conversation',
        $causationId: 'conversation',
        actor: { subject: 'zls', name: by, role: 'volunteer' },
        schema: 1,
        commandHash: 'hash',
        ...(at !== undefined && { occurredAt: at }),
      },
    };
  });

/** The row that the events lead to: given events, then a row. */
export function rowAfter<Row extends object, Event extends DomainEvent>(
  projection: Projection<Row, Event>,
  stream: string,
  events: readonly Happened<Event>[],
): Row | undefined {
  let row: Row | undefined;
  for (const event of recorded(stream, events)) row = project<Row, Event>(projection, row, event);
  return row;
}
