import { setTimeout as sleep } from 'node:timers/promises';
import { type Batch, Batches, type Feed, FeedBroken } from '#event-store';
import { type Checkpoint, Projector } from './projector.js';
import { Rate } from './rate.js';
import { Rest } from './rest.js';
import { prepare, takeOver } from './schema.js';
import { type AnyProjection, tablesOf } from './table.sql.js';
import type { Runner, RunnerOptions, RunnerState } from './runner.js';
import { isTransient } from './transient.js';
import { Watermark } from './watermark.js';

export type ProjectionRunnerOptions = RunnerOptions & {
  feed: Feed;
  /** The union of all projections' streams: a token of any write is then reached by each of them. */
  streams: string[];
  /** Events in one transaction at most. */
  batchLimit: number;
};

const longestPause = 10_000; // milliseconds

/** Keeps one projection up with `$all`, for ever or until a mistake stops it. */
export class ProjectionRunner implements Runner {
  readonly projection: AnyProjection;
  private readonly watermark = new Watermark();
  private readonly rest = new Rest();
  readonly rate = new Rate();
  state: RunnerState = 'building';
  /** Whether it has caught up once: before that its rows are a part of the truth. */
  served = false;
  failure: string | undefined;
  private readonly stopping = new AbortController();
  private readonly projector: Projector;
  private batches: Batches | undefined;
  private last: Checkpoint = { position: -1n, recordedAt: undefined, events: 0n, nextOffset: 0n };
  private applying: string | undefined; // recordedAt of the oldest event under way
  private upToDateUntil: number;
  private pause = 0;
  private readonly done: Promise<void>;

  constructor(private readonly options: ProjectionRunnerOptions) {
    this.projection = options.projection;
    this.projector = new Projector(options.database, options.projection, tablesOf(options.projection));
    this.upToDateUntil = Date.now();
    this.done = this.run();
  }

  private get live(): boolean {
    return this.state === 'live';
  }

  get checkpoint(): Checkpoint {
    return this.last;
  }

  async reach(position: bigint, _stream: string, patience: number): Promise<boolean> {
    if (position <= this.watermark.position) return true;
    return this.rest.waitedFor(() => this.watermark.reach(position, patience));
  }

  /** Seconds: 0 when nothing is waiting, else the age of the oldest event that is, or the time since it was last known. */
  lagSeconds(now = Date.now()): number {
    const oldest = this.applying ?? this.batches?.oldest;
    if (oldest !== undefined) return Math.max(0, (now - Date.parse(oldest)) / 1000);
    return this.live ? 0 : (now - this.upToDateUntil) / 1000;
  }

  /** Finishes the batch under way. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.done;
    this.watermark.giveUp();
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        await this.follow(signal);
        if (!signal.aborted) throw new FeedBroken(new Error('the subscription ended'));
      } catch (error) {
        if (signal.aborted) break;
        if (!isTransient(error)) return this.fail(error);
        this.retry(error);
        await sleep(this.pause, undefined, { signal }).catch(() => {});
      }
    }
    this.state = 'stopped';
  }

  private async follow(signal: AbortSignal): Promise<void> {
    const { database, feed, streams, batchLimit } = this.options;
    this.served = await prepare(database, this.projection);
    this.reached(await this.projector.checkpoint());
    this.state = this.served ? 'catching-up' : 'building';
    const { position } = this.last;
    const after = position < 0n ? undefined : position;
    this.batches = new Batches(feed, { after, streams, signal }, batchLimit);
    try {
      for await (const batch of this.batches) {
        if (signal.aborted) break;
        const began = performance.now();
        await this.apply(batch);
        const took = performance.now() - began;
        if (!this.live || this.batches.full) continue;
        await this.rest.after(took, signal);
      }
    } finally {
      this.batches = undefined;
      this.applying = undefined;
    }
  }

  private async apply(batch: Batch): Promise<void> {
    this.applying = batch.events[0]?.recordedAt;
    const { events } = this.last;
    if (batch.position >= 0n) this.reached(await this.projector.apply(batch));
    this.rate.add(Number(this.last.events - events));
    this.applying = undefined;
    this.pause = 0;
    if (batch.caughtUp) await this.caughtUp();
  }

  private reached(checkpoint: Checkpoint): void {
    this.last = checkpoint;
    // What is not served yet is visible to nobody, however far it has come.
    if (this.served) this.watermark.advance(checkpoint.position);
  }

  private async caughtUp(): Promise<void> {
    if (!this.served) await takeOver(this.options.database, this.projection);
    if (!this.served) this.options.log.info(`${this.label} has caught up and is served`);
    this.served = true;
    this.watermark.advance(this.last.position);
    this.state = 'live';
  }

  private retry(error: unknown): void {
    if (this.live) this.upToDateUntil = Date.now();
    this.state = 'retrying';
    this.pause = Math.min(longestPause, Math.max(100, this.pause * 2));
    this.options.log.warn(`${this.label} tries again in ${this.pause} ms: ${sentence(error)}`);
  }

  private fail(error: unknown): void {
    this.state = 'failed';
    this.failure = sentence(error);
    this.watermark.giveUp();
    this.options.log.error(`${this.label} has stopped: ${this.failure}`);
  }

  private get label(): string {
    return `projection ${this.projection.name}@${this.projection.version}`;
  }
}

const sentence = (error: unknown): string => (error instanceof Error ? error.message : String(error));
