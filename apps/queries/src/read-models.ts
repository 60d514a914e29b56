import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  Optional,
} from '@nestjs/common';
import { EventStore } from '#event-store';
import {
  NotReady,
  READINESS,
  type ReadinessCheck,
  projectionCondition,
  projectionLagSeconds,
  projectionPosition,
} from '#observability';
import { carriedStreams } from '#public-events';
import {
  type Database,
  type PartitionedFeed,
  type Projections,
  openDatabase,
  runProjections,
} from '#read-store';
import { readModels } from './projections.js';

/** Injection token of the connection string of the read models' database. */
export const DATABASE_URL = Symbol('DATABASE_URL');

/** Injection token of the log in partitions; null where the projections read the event store itself. */
export const FEED = Symbol('FEED');

/** The database that is read, and the projections that keep it up to date as long as the application runs. */
@Injectable()
export class ReadModels implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly database: Database;
  private readonly logger = new Logger('Projections');
  private running: Projections | undefined;
  private measuring: NodeJS.Timeout | undefined;

  constructor(
    @Inject(DATABASE_URL) url: string,
    private readonly store: EventStore,
    @Inject(FEED) private readonly feed: PartitionedFeed | null,
    @Optional() @Inject(READINESS) readiness: ReadinessCheck[] | null,
  ) {
    this.database = openDatabase(url, (error) => this.logger.warn(`a connection broke: ${error.message}`));
    readiness?.push({ name: 'read-models', check: () => this.check() });
  }

  get projections(): Projections {
    if (!this.running) throw new Error('the projections run once the application has started');
    return this.running;
  }

  onApplicationBootstrap(): void {
    const log = {
      info: (message: string) => this.logger.log(message),
      warn: (message: string) => this.logger.warn(message),
      error: (message: string) => this.logger.error(message),
    };
    this.running = runProjections({
      projections: readModels,
      alongside: [...carriedStreams, 'reaction-'],
      feed: this.feed ?? this.store,
      database: this.database,
      log,
    });
    this.measuring = setInterval(() => this.measure(), 1_000).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.measuring);
    await this.running?.stop();
    await this.database.end();
  }

  // Behind is not unready: an old answer says how old it is. A projection that was never complete is.
  private async check(): Promise<void> {
    await this.database.query('select 1');
    const unready = this.projections.status().filter(({ served, state }) => !served || state === 'failed');
    if (unready.length === 0) return;
    throw new NotReady(Object.fromEntries(unready.map(({ name, state }) => [name, state])));
  }

  private measure(): void {
    for (const { name, position, lagSeconds, ...status } of this.projections.status()) {
      projectionPosition.set({ projection: name }, Number(position));
      projectionLagSeconds.set({ projection: name }, lagSeconds);
      // The event store's own feed does not tell how many there are ahead, and nothing is not none.
      if (status.lagEvents !== undefined) {
        projectionCondition.lagEvents.set({ projection: name }, status.lagEvents);
      }
      projectionCondition.parked.set({ projection: name }, status.parked);
      projectionCondition.halted.set({ projection: name }, status.halted.length);
      projectionCondition.gaps.set({ projection: name }, status.gaps);
      projectionCondition.rebalances.set({ projection: name }, status.rebalances);
    }
  }
}
