/** What a domain event looks like before it is stored: a type name and JSON data. */
export type DomainEvent = { type: string; data: object };

/** An aggregate: pure, synchronous, without clock or random. */
export type Decider<State, Command, Event extends DomainEvent> = {
  initialState: State;
  /** The events that carry the command out; none when it is already in effect. Throws {@link Rejection}. */
  decide: (command: Command, state: State) => Event[];
  /** Never throws, validates or defaults: history cannot be argued with. */
  evolve: (state: State, event: Event) => State;
};

/** A command contradicts the state. `reason` is a stable kebab-case name; `details` are facts for the sentence. */
export class Rejection extends Error {
  constructor(
    readonly reason: string,
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(reason);
    this.name = 'Rejection';
  }
}

/** The state that a history leads to. */
export function fold<State, Event extends DomainEvent>(
  decider: Pick<Decider<State, never, Event>, 'initialState' | 'evolve'>,
  history: Iterable<Event>,
): State {
  let state = decider.initialState;
  for (const event of history) state = decider.evolve(state, event);
  return state;
}
