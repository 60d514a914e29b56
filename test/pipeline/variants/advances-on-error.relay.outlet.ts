import type { EventBus } from '../../../libs/event-bus/src/index.js';
import type { Recorded } from '../../../libs/event-sourcing/src/index.js';
import { type OutletOptions, Outlet as AsShipped } from '../../../apps/relay/src/relay.outlet.js';

export * from '../../../apps/relay/src/relay.outlet.js';

/** Planted fault: what could not be sent within a second counts as sent. */
export class Outlet extends AsShipped {
  static override async open(
    bus: EventBus,
    options: OutletOptions,
    tails: ConstructorParameters<typeof AsShipped>[2],
  ): Promise<Outlet> {
    return new Outlet(options, await bus.openPublisher(options.topic.name, { deadline: 1_000 }), tails);
  }

  override carry(events: Recorded[]): Promise<number> {
    return super.carry(events).catch(() => events.length);
  }
}
