import { setTimeout as sleep } from 'node:timers/promises';
import type { Feed, Write } from '#event-store';
import { type Database, transaction } from './database.js';
import { type HaltedPartition, haltedPartitions } from './halted-partitions.js';
import { PartitionedRunner } from './partitioned-runner.js';
import type { ParkedKey } from './parking.js';
import type { PartitionedFeed } from './partitioned-feed.js';
import { ProjectionRunner } from './projection-runner.js';
import type { Log, Runner, RunnerState } from './runner.js';
import { NothingParked, ParkingLot } from './parking-lot.js';
import { type Rebuilding, RebuildRunning, beginRebuild, oldTables } from './rebuild.js';
import { type RebuildStatus, type Rebuilt, rebuildStatuses } from './rebuild-status.js';
import { dropBuild } from './schema.js';
import { SharedFeed } from './shared-feed.js';
import { type AnyProjection, tablesOf } from './table.sql.js';

export type ProjectionsOptions = {
  projections: AnyProjection[];
  /** The event store's `$all`, or its copy in partitions. */
  feed: Feed | PartitionedFeed;
  database: Database;
  log: Log;
  /** Streams that no projection reads, whose writes have tokens all the same. */
  alongside?: string[];
  /** Events in one transaction at most. */
  batchLimit?: number;
  /** Milliseconds of trying again in one partition after which it is an error; a minute by default. */
  alarmAfter?: number;
};

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
  /** Records that wait; `undefined` where the event store is read, which does not count. */
  lagEvents: number | undefined;
  failure: string | undefined;
  /** Partitions of this process that stand still. */
  halted: HaltedPartition[];
  /** Records that wait for an operator. */
  parked: number;
  /** Since the process started. */
  gaps: number;
  rebalances: number;
};

/** What is true of a projection whichever process is asked. */
export type SharedStatus = {
  /** Partitions that stand still. */
  halted: HaltedPartition[];
  /** The last one of this version. */
  rebuild: RebuildStatus | undefined;
};

/** Runs each projection on its own: one that fails leaves the others alone. Nothing is awaited: `status` tells. */
export function runProjections(options: ProjectionsOptions): Projections {
  return new Projections(options);
}

export class Projections {
  private readonly runners = new Map<string, Runner>();
  private readonly stopping = new AbortController();
  private readonly rebuilding = new Map<string, Promise<unknown>>();

  private readonly lot: ParkingLot;
  private readonly feed: Feed | PartitionedFeed;

  constructor(private readonly options: ProjectionsOptions) {
    this.feed = 'partitions' in options.feed ? options.feed : new SharedFeed(options.feed);
    this.lot = new ParkingLot(options.database, options.projections);
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
      lagEvents: runner.lagEvents?.(),
      failure: runner.failure,
      halted: [...(runner.halted ?? [])].map(([partition, reason]) => ({ partition, reason })),
      parked: runner.parked ?? 0,
      gaps: runner.gaps ?? 0,
      rebalances: runner.rebalances ?? 0,
    }));
  }

  /** By the name of the projection. */
  async shared(): Promise<Map<string, SharedStatus>> {
    const { database, projections } = this.options;
    const { rows } = await database.query<{ there: boolean }>(
      `select to_regclass('projection_rebuild') is not null as there`,
    );
    if (!rows[0]?.there) return new Map(); // the first start is about to make its tables
    const [rebuilds, halted] = await Promise.all([rebuildStatuses(database), haltedPartitions(database)]);
    return new Map(
      projections.map((projection) => {
        const { checkpoint } = tablesOf(projection);
        return [projection.name, { halted: halted.get(checkpoint) ?? [], rebuild: rebuilds.get(checkpoint) }];
      }),
    );
  }

  /** Whether the projection has caught up for the first time, or does within the patience (milliseconds). */
  async servedWithin(name: string, patience: number): Promise<boolean> {
    const end = Date.now() + patience;
    while (!this.runner(name).served && Date.now() < end) await sleep(20);
    return this.runner(name).served;
  }

  /** Whether a write to a stream can be seen in the projection within the patience (milliseconds). */
  waitFor(name: string, { position, stream }: Write, patience: number): Promise<boolean> {
    return this.runner(name).reach(position, stream, patience);
  }

  /** Builds the projection anew while the present one is read. Rejects with {@link RebuildRunning}. */
  async rebuild(name: string): Promise<Rebuilt> {
    return (await this.beginRebuild(name)).done;
  }

  /** Resolves when a rebuild has begun; see {@link shared} for how it goes. Rejects with {@link RebuildRunning}. */
  async beginRebuild(name: string): Promise<Rebuilding> {
    // PGlite is one session for all connections: its lock keeps other processes away and not this one.
    if (this.rebuilding.has(name)) throw new RebuildRunning(name);
    const begun = this.rebuildOf(this.runner(name).projection);
    const tracked = begun
      .then(({ done }) => done)
      .catch(() => {})
      .finally(() => this.rebuilding.delete(name));
    this.rebuilding.set(name, tracked);
    return begun;
  }

  /** Drops what a rebuild has put aside; says whether there was anything. */
  dropOld(name: string): Promise<boolean> {
    const { projection } = this.runner(name);
    return transaction(this.options.database, (connection) => dropBuild(connection, oldTables(projection)));
  }

  /** Keys whose records could not be applied. */
  parked(): Promise<ParkedKey[]> {
    return this.lot.keys();
  }

  /** Applies what is parked of a stream. Throws `NothingParked` or `StillParked`. */
  async retryParked(name: string, stream: string): Promise<number> {
    if (!('partitions' in this.feed))
      throw new NothingParked('what reads the event store itself parks nothing');
    return this.lot.retry(this.runner(name).projection, stream, this.feed);
  }

  /** Gives up on what is parked of a stream. Throws `NothingParked`. */
  discardParked(name: string, stream: string, reason: string): Promise<number> {
    return this.lot.discard(this.runner(name).projection, stream, reason);
  }

  /** Finishes the batches under way; a rebuild under way is broken off. */
  async stop(): Promise<void> {
    this.stopping.abort(new Error('the process is stopping'));
    await Promise.all([...this.runners.values()].map((runner) => runner.stop()));
    await Promise.all(this.rebuilding.values());
  }

  private async rebuildOf(projection: AnyProjection): Promise<Rebuilding> {
    const { done } = await beginRebuild({ ...this.common(), projection, signal: this.stopping.signal });
    return { done: this.finished(projection, done) };
  }

  private async finished(projection: AnyProjection, done: Promise<Rebuilt>): Promise<Rebuilt> {
    const { name } = projection;
    try {
      const rebuilt = await done;
      const { events, seconds } = rebuilt;
      this.options.log.info(`projection ${name} was rebuilt: ${events} events in ${seconds.toFixed(1)} s`);
      if (this.runner(name).state === 'failed') await this.restart(projection);
      return rebuilt;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.options.log.error(`the rebuild of projection ${name} failed: ${reason}`);
      throw error;
    }
  }

  private async restart(projection: AnyProjection): Promise<void> {
    await this.runner(projection.name).stop();
    if (!this.stopping.signal.aborted) this.start(projection);
  }

  private start(projection: AnyProjection): void {
    const { feed, ...common } = this.common();
    const options = { ...common, projection, log: this.options.log };
    const runner =
      'partitions' in feed
        ? new PartitionedRunner({ ...options, feed, alarmAfter: this.options.alarmAfter })
        : new ProjectionRunner({ ...options, feed });
    this.runners.set(projection.name, runner);
  }

  private common() {
    const { projections, database, alongside = [], batchLimit = 1_000 } = this.options;
    const read = projections.flatMap((projection) => projection.streams as string[]);
    const streams = [...new Set([...read, ...alongside])];
    return { database, feed: this.feed, streams, batchLimit };
  }

  private runner(name: string): Runner {
    const runner = this.runners.get(name);
    if (!runner) throw new Error(`there is no projection ${name}`);
    return runner;
  }
}
