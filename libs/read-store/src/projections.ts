import type { Database } from './database.js';
import type { Feed, Write } from '#event-store';
import { PartitionedRunner } from './partitioned-runner.js';
import type { PartitionedFeed } from './partitioned-feed.js';
import { ProjectionRunner } from './projection-runner.js';
import type { Log, Runner, RunnerState } from './runner.js';
import { type Rebuilt, rebuild } from './rebuild.js';
import type { AnyProjection } from './table.sql.js';

export type ProjectionsOptions = {
  projections: AnyProjection[];
  /** The event store's `$all`, or its copy in partitions. */
  feed: Feed | PartitionedFeed;
  database: Database;
  log: Log;
  /** Events in one transaction at most. */
  batchLimit?: number;
};

export type RebuildStatus =
  | { state: 'running'; events: number; seconds: number; position: bigint }
  | ({ state: 'done' } & Rebuilt)
  | { state: 'failed'; reason: string };

export type ProjectionStatus = {
  name: string;
  version: number;
  state: RunnerState;
  /** Whether it has caught up once and may be read. */
  served: boolean;
  /** The last applied `$all` position; -1 before the first event. */
  position: bigint;
  /** When the last applied event was recorded: ISO 8601, UTC. */
  recordedAt: string | undefined;
  lagSeconds: number;
  /** Over the last ten seconds. */
  eventsPerSecond: number;
  failure: string | undefined;
  /** The last one since the process started. */
  rebuild: RebuildStatus | undefined;
};

/** A rebuild of this projection is under way. */
export class RebuildRunning extends Error {
  override readonly name = 'RebuildRunning';
}

/** Runs each projection on its own: one that fails leaves the others alone. Nothing is awaited: `status` tells. */
export function runProjections(options: ProjectionsOptions): Projections {
  return new Projections(options);
}

export class Projections {
  private readonly runners = new Map<string, Runner>();
  private readonly rebuilds = new Map<string, RebuildStatus>();
  private readonly stopping = new AbortController();
  private readonly rebuilding = new Set<Promise<unknown>>();

  constructor(private readonly options: ProjectionsOptions) {
    for (const projection of options.projections) this.start(projection);
  }

  status(): ProjectionStatus[] {
    return [...this.runners.values()].map((runner) => ({
      name: runner.projection.name,
      version: runner.projection.version,
      state: runner.state,
      served: runner.served,
      position: runner.checkpoint.position,
      recordedAt: runner.checkpoint.recordedAt,
      lagSeconds: runner.lagSeconds(),
      eventsPerSecond: runner.rate.perSecond,
      failure: runner.failure,
      rebuild: this.rebuilds.get(runner.projection.name),
    }));
  }

  isServed(name: string): boolean {
    return this.runner(name).served;
  }

  /** Whether a write to a stream can be seen in the projection within the patience (milliseconds). */
  waitFor(name: string, { position, stream }: Write, patience: number): Promise<boolean> {
    return this.runner(name).reach(position, stream, patience);
  }

  /** Builds the projection anew while the present one is read; see {@link status} for how it goes. Throws {@link RebuildRunning}. */
  rebuild(name: string): Promise<Rebuilt> {
    if (this.rebuilds.get(name)?.state === 'running') throw new RebuildRunning(name);
    const work = this.rebuildOf(this.runner(name).projection);
    const tracked = work.catch(() => {}).finally(() => this.rebuilding.delete(tracked));
    this.rebuilding.add(tracked);
    return work;
  }

  /** Finishes the batches under way; a rebuild under way is broken off. */
  async stop(): Promise<void> {
    this.stopping.abort(new Error('the process is stopping'));
    await Promise.all([...this.runners.values()].map((runner) => runner.stop()));
    await Promise.all(this.rebuilding);
  }

  private async rebuildOf(projection: AnyProjection): Promise<Rebuilt> {
    const { name } = projection;
    const started = Date.now();
    const progress = (events: number, position: bigint): void => {
      this.rebuilds.set(name, { state: 'running', events, position, seconds: (Date.now() - started) / 1000 });
    };
    progress(0, -1n);
    try {
      const rebuilt = await rebuild({
        ...this.common(),
        projection,
        signal: this.stopping.signal,
        onProgress: ({ events, position }) => progress(events, position),
      });
      this.rebuilds.set(name, { state: 'done', ...rebuilt });
      const { events, seconds } = rebuilt;
      this.options.log.info(`projection ${name} was rebuilt: ${events} events in ${seconds.toFixed(1)} s`);
      if (this.runner(name).state === 'failed') this.start(projection);
      return rebuilt;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.rebuilds.set(name, { state: 'failed', reason });
      this.options.log.error(`the rebuild of projection ${name} failed: ${reason}`);
      throw error;
    }
  }

  private start(projection: AnyProjection): void {
    const { feed, log } = this.options;
    const options = { ...this.common(), projection, log };
    const runner =
      'partitions' in feed
        ? new PartitionedRunner({ ...options, feed })
        : new ProjectionRunner({ ...options, feed });
    this.runners.set(projection.name, runner);
  }

  private common() {
    const { projections, database, feed, batchLimit = 1_000 } = this.options;
    const streams = [...new Set(projections.flatMap((projection) => projection.streams as string[]))];
    return { database, feed, streams, batchLimit };
  }

  private runner(name: string): Runner {
    const runner = this.runners.get(name);
    if (!runner) throw new Error(`there is no projection ${name}`);
    return runner;
  }
}
