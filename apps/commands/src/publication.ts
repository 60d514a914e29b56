import { type Decider, type DomainEvent, type Execution, type Outcome, execute, fold } from '#event-sourcing';
import type { EventStore } from '#event-store';

/** Carries a command out, or only says what would come of it. */
export async function published<State, Command, Event extends DomainEvent>(
  store: EventStore,
  decider: Decider<State, Command, Event>,
  execution: Execution<Command>,
  dryRun: boolean,
): Promise<Outcome<State, Event>> {
  if (!dryRun) return execute(store, decider, execution);
  const history = await store.read<Event>(execution.stream);
  const before = fold(decider, history);
  const events = decider.decide(execution.command, before);
  const last = history.at(-1);
  return {
    state: events.reduce(decider.evolve, before),
    events,
    revision: last?.revision ?? -1n,
    position: last?.position ?? 0n,
  };
}
