import assert from 'node:assert/strict';
import { type Decider, type DomainEvent, Rejection, fold } from './decider.js';

/** Specs of a decider: `given(events).when(command).thenEmits(events)`. */
export function specification<State, Command, Event extends DomainEvent>(
  decider: Decider<State, Command, Event>,
) {
  return (...history: Event[]) => ({
    when: (command: Command) => {
      const decide = () => decider.decide(command, fold(decider, history));
      return {
        thenEmits: (...expected: Event[]) => assert.deepEqual(decide(), expected),
        thenNothing: () => assert.deepEqual(decide(), []),
        thenRejected: (reason: string) => {
          assert.throws(decide, (error) => {
            assert.ok(error instanceof Rejection, `not a rejection: ${String(error)}`);
            assert.equal(error.reason, reason);
            return true;
          });
        },
      };
    },
  });
}
