import { EventStream as AsShipped, usualPace } from '../../apps/queries/src/events/event-stream.js';

export * from '../../apps/queries/src/events/event-stream.js';

type Given = ConstructorParameters<typeof AsShipped>;

/** No fault: gives a reader up after a second in which it took nothing, and not after half a minute. */
export class EventStream extends AsShipped {
  constructor(...[response, cursor, position]: Given) {
    super(response, cursor, position, { ...usualPace, patience: 1_000 });
  }
}
