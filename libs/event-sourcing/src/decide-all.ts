import { type Decider, type DomainEvent } from './decider.js';
import { eventId } from './event-id.js';
import type { EventToAppend, Metadata } from './event.js';

/**
 * Several commands on a new stream, decided one after the other and appended as one: a life told afterwards (imports).
 * The ids derive from (stream, key, index), so telling it again appends nothing.
 */
export function decideAll<State, Command, Event extends DomainEvent>(
  decider: Decider<State, Command, Event>,
  stream: string,
  key: string,
  steps: readonly { command: Command; metadata: Metadata }[],
): EventToAppend<Event>[] {
  const events: EventToAppend<Event>[] = [];
  let state = decider.initialState;
  for (const { command, metadata } of steps) {
    for (const event of decider.decide(command, state)) {
      state = decider.evolve(state, event);
      events.push({ ...event, id: eventId(stream, key, events.length), metadata });
    }
  }
  return events;
}
