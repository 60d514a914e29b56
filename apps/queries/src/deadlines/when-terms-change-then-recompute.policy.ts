import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Rejection, execute, nameId } from '#event-sourcing';
import { EventStore } from '#event-store';
import { type Terms, requestDecider, requestSchema, requestStream } from '#requests';
import { Calendars } from '../calendar/calendars.js';
import { Policies } from '../policy/policies.js';
import { HeldOtherwise, type Zone } from './held-otherwise.js';

const pause = 5_000; // milliseconds between two looks

/**
 * When another policy comes into force or a calendar is published, the open deadlines are counted again. It looks at what
 * holds, not at what was published: a policy comes into force at midnight, when nothing happens. Several processes may look at
 * once: the keys of the commands derive from request, policy and calendar, so each is carried out once.
 */
@Injectable()
export class WhenTermsChangeThenRecompute implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Deadlines');
  /** What every open request of a district was seen to be held to. */
  private readonly seen = new Map<string, string>();
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly store: EventStore,
    private readonly policies: Policies,
    private readonly calendars: Calendars,
    private readonly requests: HeldOtherwise,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setTimeout(() => {
      this.looking = this.lookAndGoOn();
    }, pause).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.looking;
  }

  /** Counts again what is held to something else than holds now (ISO 8601); gives the number of requests. */
  async look(now: string): Promise<number> {
    let recomputed = 0;
    for (const zone of await this.requests.zones()) {
      const terms = await this.termsOf(zone, now);
      const held = `${terms.policy.name} ${terms.calendar.version}`;
      const place = `${zone.district} ${zone.timeZone}`;
      if (this.seen.get(place) === held) continue;
      recomputed += await this.recompute(zone, terms);
      if (!this.stopped) this.seen.set(place, held);
    }
    return recomputed;
  }

  private async lookAndGoOn(): Promise<void> {
    try {
      const count = await this.look(new Date().toISOString());
      if (count > 0) this.logger.log(`counted the deadlines of ${count} requests again`);
    } catch (error) {
      this.logger.warn(`will look at the deadlines again: ${String(error)}`);
    }
    if (!this.stopped) this.onApplicationBootstrap();
  }

  private async termsOf({ district, timeZone }: Zone, at: string): Promise<Terms> {
    const policy = await this.policies.inForce(district, timeZone, at);
    return { at, policy, calendar: await this.calendars.of(district) };
  }

  private async recompute(zone: Zone, terms: Terms): Promise<number> {
    let count = 0;
    for await (const id of this.requests.among(zone, terms.policy.name, terms.calendar.version)) {
      if (this.stopped) break;
      count += await this.recomputeOne(id, terms);
    }
    return count;
  }

  private async recomputeOne(id: string, terms: Terms): Promise<number> {
    const key = nameId(`recompute with steps ${id} ${terms.policy.name} ${terms.calendar.version}`);
    const metadata = {
      $correlationId: key,
      $causationId: key,
      actor: { subject: 'yizhan', name: '时限', role: 'system' },
      schema: requestSchema,
      commandHash: key,
    };
    const command = { type: 'RecomputeDeadlines' as const, data: {}, terms };
    try {
      const { events } = await execute(this.store, requestDecider, {
        stream: requestStream(id),
        command,
        key,
        metadata,
      });
      return events.length > 0 ? 1 : 0;
    } catch (error) {
      if (error instanceof Rejection) return 0; // done or withdrawn meanwhile
      throw error;
    }
  }
}
