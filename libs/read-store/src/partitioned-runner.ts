import { setTimeout as sleep } from 'node:timers/promises';
import { type Chain, type Following, Halt, type Link, type PartitionedFeed } from './partitioned-feed.js';
import { type Checkpoint, Projector } from './projector.js';
import { Rate } from './rate.js';
import type { Runner, RunnerOptions, RunnerState } from './runner.js';
import { partitionNames, prepare, takeOver } from './schema.js';
import { type AnyProjection, tablesOf } from './table.sql.js';
import { isTransient } from './transient.js';

export type PartitionedRunnerOptions = RunnerOptions & { feed: PartitionedFeed };

const longestPause = 10_000; // milliseconds
const tries = 3; // of a record, before its key is parked
const look = 25; // milliseconds between looks at what other processes have applied

type Reached = { partition: string; position: string; next_offset: string; events: string };

/** Keeps one projection up with the partitions of a log, sharing them with other processes. */
export class PartitionedRunner implements Runner {
  readonly projection: AnyProjection;
  readonly rate = new Rate();
  state: RunnerState = 'building';
  served = false;
  failure: string | undefined;
  checkpoint: Checkpoint = { position: -1n, recordedAt: undefined, events: 0n, nextOffset: 0n };
  private readonly projector: Projector;
  private readonly name: string;
  private readonly stopping = new AbortController();
  private readonly applying = new Map<number, string>(); // partition → recordedAt of the oldest record under way
  private readonly halted = new Map<number, string>();
  private upToDateUntil = Date.now();
  private pause = 0;
  private readonly done: Promise<void>;

  constructor(private readonly options: PartitionedRunnerOptions) {
    this.projection = options.projection;
    const tables = tablesOf(options.projection);
    this.name = tables.checkpoint;
    this.projector = new Projector(options.database, options.projection, tables);
    this.done = this.run();
  }

  /** Of what this process has under way; the others say their own. */
  lagSeconds(now = Date.now()): number {
    const oldest = [...this.applying.values()].toSorted()[0];
    if (oldest !== undefined) return Math.max(0, (now - Date.parse(oldest)) / 1_000);
    return this.state === 'live' ? 0 : (now - this.upToDateUntil) / 1_000;
  }

  // Another process may hold the stream's partition: what it has applied is in the database and nowhere else.
  async reach(position: bigint, stream: string, patience: number): Promise<boolean> {
    const partition = String(this.options.feed.partitionOf(stream));
    for (const end = Date.now() + patience; ; await sleep(look)) {
      if (this.served && (await this.applied(partition)) >= position) return true;
      if (Date.now() + look > end || this.state === 'stopped') return false;
    }
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.done;
    this.state = 'stopped';
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        await this.follow(signal);
      } catch (error) {
        if (signal.aborted) break;
        this.retry(error);
        await sleep(this.pause, undefined, { signal }).catch(() => {});
      }
    }
  }

  private async follow(signal: AbortSignal): Promise<void> {
    const { database, feed } = this.options;
    this.served = await prepare(database, this.projection, partitionNames(feed.partitions));
    this.state = this.served ? 'catching-up' : 'building';
    const following = await feed.follow({
      group: `yizhan.${this.name}`,
      startOffsets: () => this.offsets(),
      handle: (chain) => this.take(chain),
      observe: (event) => this.note(event),
    });
    const watching = new AbortController();
    try {
      await Promise.race([following.ended, this.watch(signal, watching.signal)]);
      if (!signal.aborted) throw new Error('the consumption ended');
    } finally {
      watching.abort();
      await this.leave(following);
    }
  }

  // What is being served falls behind and catches up again; what is not, waits for its first time.
  private async watch(stop: AbortSignal, end: AbortSignal): Promise<void> {
    const { database, feed } = this.options;
    const ends = await feed.ends();
    for (const signal = AbortSignal.any([stop, end]); !signal.aborted;) {
      const reached = await this.offsets();
      if (
        this.state !== 'live' &&
        [...ends].every(([partition, offset]) => (reached.get(partition) ?? 0n) >= offset)
      ) {
        if (!this.served) await takeOver(database, this.projection);
        if (!this.served) this.options.log.info(`projection ${this.name} has caught up and is served`);
        this.served = true;
        this.state = this.halted.size > 0 ? 'failed' : 'live';
        this.pause = 0;
      }
      await sleep(this.state === 'live' ? 1_000 : 200, undefined, { signal }).catch(() => {});
    }
  }

  private async take(chain: Chain): Promise<void> {
    const { partition, links } = chain;
    try {
      const before = this.checkpoint.events;
      this.applying.set(partition, recordedAt(links));
      this.checkpoint = await this.projector.applyChain(chain, { parking: true });
      if (this.checkpoint.events > before) this.rate.add(links.length);
    } catch (error) {
      if (error instanceof Halt || isTransient(error)) throw error;
      await this.takeOneByOne(chain);
    } finally {
      this.applying.delete(partition);
    }
  }

  // One of them cannot be applied: it is found and parked, the others flow on.
  private async takeOneByOne({ partition, links, next }: Chain): Promise<void> {
    for (const [index, link] of links.entries()) {
      const offset = next - BigInt(links.length - 1 - index);
      await this.takeOne(partition, link, offset);
    }
  }

  private async takeOne(partition: number, link: Link, next: bigint): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        this.checkpoint = await this.projector.applyChain(
          { partition, links: [link], next },
          { parking: true },
        );
        return;
      } catch (error) {
        if (error instanceof Halt || isTransient(error)) throw error;
        if (attempt < tries) continue;
        const reason = sentence(error);
        this.checkpoint = await this.projector.parkLink(partition, link, next, reason);
        this.options.log.error(
          `projection ${this.name} has parked ${link.stream} from position ${link.position}: ${reason}`,
        );
        return;
      }
    }
  }

  private async offsets(): Promise<Map<number, bigint>> {
    const { rows } = await this.options.database.query<Reached>(
      'select partition, position, next_offset, events from projection_checkpoint where projection = $1',
      [this.name],
    );
    return new Map(rows.map((row) => [Number(row.partition), BigInt(row.next_offset)]));
  }

  private async applied(partition: string): Promise<bigint> {
    return (await this.projector.checkpoint(partition)).position;
  }

  private note({ kind, partition = -1, reason }: { kind: string; partition?: number; reason: string }): void {
    if (kind === 'halted') {
      this.halted.set(partition, reason);
      this.state = 'failed';
      this.failure = reason;
      this.options.log.error(`projection ${this.name} stands still in partition ${partition}: ${reason}`);
    } else {
      this.options.log.warn(`projection ${this.name}: ${kind} ${partition < 0 ? '' : partition} ${reason}`);
    }
  }

  private retry(error: unknown): void {
    if (this.state === 'live') this.upToDateUntil = Date.now();
    this.state = 'retrying';
    this.pause = Math.min(longestPause, Math.max(200, this.pause * 2));
    this.options.log.warn(`projection ${this.name} tries again in ${this.pause} ms: ${sentence(error)}`);
  }

  private async leave(following: Following): Promise<void> {
    await following.stop();
    await following.ended.catch(() => {});
  }
}

// A record that cannot be read has no time; it will be parked in a moment.
function recordedAt([first]: readonly Link[]): string {
  try {
    return first?.event().recordedAt ?? '';
  } catch {
    return new Date().toISOString();
  }
}

const sentence = (error: unknown): string => (error instanceof Error ? error.message : String(error));
