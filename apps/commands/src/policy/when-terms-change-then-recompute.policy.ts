import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { type HeldOtherwise, heldOtherwise, stationsHeld } from '#agenda';
import { LostRace, Rejection, nameId } from '#event-sourcing';
import { type Terms, requestSchema } from '#requests';
import { Agenda } from '../agenda/agenda.js';
import { ExecuteRequestCommand } from '../request/request.handler.js';
import { StationDirectory } from '../station/station.directory.js';
import { TermsDirectory } from './terms.directory.js';

const pause = 5_000; // milliseconds between two looks
const longestRest = 600_000; // milliseconds

/** Where one policy and one calendar hold, by one clock. */
type Place = { district: string; timeZone: string };

/** What every open request of a station was seen to be held to, and until when (in milliseconds) that is taken as true. */
type Seen = { held: string; rest: number; until: number };

/**
 * When another policy comes into force or a calendar is published, the open deadlines are counted again. It looks at what
 * holds, not at what was published: a policy comes into force at midnight, when nothing happens. Several processes may look at
 * once: the keys of the commands derive from request, revision, policy and calendar, so each is carried out once.
 *
 * No look is the last one. Whoever logs may know the former policy for a second yet, and what is stored is read later, much later
 * where a projection is behind. So a station is looked at again after a rest that is twice as long each time.
 */
@Injectable()
export class WhenTermsChangeThenRecompute implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Deadlines');
  private readonly places = new Map<string, Place>();
  private readonly seen = new Map<string, Seen>();
  private complete = false;
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly agenda: Agenda,
    private readonly stations: StationDirectory,
    private readonly terms: TermsDirectory,
    private readonly bus: CommandBus,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setTimeout(() => {
      this.looking = this.lookAndGoOn();
    }, pause).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.looking;
  }

  /** Counts again what is held to something else than holds now (ISO 8601); gives the number of requests. */
  async look(now: string): Promise<number> {
    this.complete ||= await this.agenda.isComplete();
    if (!this.complete) return 0;
    let recomputed = 0;
    const holding = new Map<string, Terms>();
    for (const station of await stationsHeld(this.agenda.database)) {
      const { district, timeZone } = await this.placeOf(station);
      const place = `${district} ${timeZone}`;
      const terms = holding.get(place) ?? (await this.terms.of(district, timeZone, now));
      holding.set(place, terms); // a city has many stations of one place
      const held = `${terms.policy.name} ${terms.calendar.version}`;
      const seen = this.seen.get(station);
      const same = seen?.held === held;
      if (same && Date.parse(now) < seen.until) continue;
      recomputed += await this.recompute(station, terms);
      const rest = same ? Math.min(2 * seen.rest, longestRest) : pause;
      if (!this.stopped) this.seen.set(station, { held, rest, until: Date.parse(now) + rest });
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

  // A station keeps its place for ever.
  private async placeOf(code: string): Promise<Place> {
    const place = this.places.get(code) ?? (await this.stations.find(code));
    this.places.set(code, { district: place.district, timeZone: place.timeZone });
    return place;
  }

  private async recompute(station: string, terms: Terms): Promise<number> {
    let count = 0;
    const holding = { station, policy: terms.policy.name, calendar: terms.calendar.version };
    for await (const request of heldOtherwise(this.agenda.database, holding)) {
      if (this.stopped) break;
      count += await this.recomputeOne(request, terms);
    }
    return count;
  }

  private async recomputeOne({ id, revision }: HeldOtherwise, terms: Terms): Promise<number> {
    const key = nameId(`recompute ${id} at ${revision} ${terms.policy.name} ${terms.calendar.version}`);
    const metadata = {
      $correlationId: key,
      $causationId: key,
      actor: { subject: 'yizhan', name: '时限', role: 'system' },
      schema: requestSchema,
      commandHash: key,
    };
    const command = { type: 'RecomputeDeadlines' as const, data: {}, terms };
    try {
      const { events } = await this.bus.execute(new ExecuteRequestCommand(id, { command, key, metadata }));
      return events.length > 0 ? 1 : 0;
    } catch (error) {
      if (error instanceof Rejection) return 0; // done or withdrawn meanwhile
      if (error instanceof LostRace) return 0; // much is happening to it: the next look finds it again
      throw error;
    }
  }
}
