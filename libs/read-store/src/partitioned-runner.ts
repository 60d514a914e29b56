import { setTimeout as sleep } from 'node:timers/promises';
import { ChainTaker } from './chain-taker.js';
import { GapMender } from './gap-mender.js';
import { tellHalted } from './halted-partitions.js';
import { isParked, parkedRecords } from './parking.js';
import { PartitionLag } from './partition-lag.js';
import type { Chain, FollowEvent, Gap, PartitionedFeed } from './partitioned-feed.js';
import { type Checkpoint, Projector } from './projector.js';
import { Rate } from './rate.js';
import { Rest } from './rest.js';
import type { Runner, RunnerOptions, RunnerState } from './runner.js';
import { partitionNames, prepare, takeOver } from './schema.js';
import { type AnyProjection, tablesOf } from './table.sql.js';
import { Troubles } from './troubles.js';

export type PartitionedRunnerOptions = RunnerOptions & {
  feed: PartitionedFeed;
  /** Milliseconds of trying again after which it is an error; a minute by default. */
  alarmAfter?: number | undefined;
};

const longestPause = 10_000; // milliseconds
const manyLinks = 100; // in a chain: more wait behind it
const waitingLook = 25; // milliseconds between looks at what other processes have applied

/** Keeps one projection up with the partitions of a log, sharing them with other processes. */
export class PartitionedRunner implements Runner {
  readonly projection: AnyProjection;
  readonly rate = new Rate();
  state: RunnerState = 'building';
  served = false;
  failure: string | undefined;
  /** Over all partitions, whoever has them: the last position of any. */
  checkpoint: Checkpoint = { position: -1n, recordedAt: undefined, events: 0n, nextOffset: 0n };
  /** Partitions of this process that stand still, and why. */
  readonly halted = new Map<number, string>();
  parked = 0;
  gaps = 0;
  rebalances = 0;
  private partitions: readonly number[] = [];
  private readonly troubles: Troubles;
  private readonly rest = new Rest();
  private readonly lag = new PartitionLag();
  private readonly projector: Projector;
  private readonly taker: ChainTaker;
  private readonly mender: GapMender;
  private readonly name: string;
  private readonly stopping = new AbortController();
  private pause = 0;
  private readonly done: Promise<void>;

  constructor(private readonly options: PartitionedRunnerOptions) {
    this.projection = options.projection;
    const tables = tablesOf(options.projection);
    this.name = tables.checkpoint;
    this.troubles = new Troubles(options.alarmAfter ?? 60_000);
    this.projector = new Projector(options.database, options.projection, tables);
    this.taker = new ChainTaker(this.projector, this.label, options.log);
    this.mender = new GapMender(this.taker, {
      seeks: true,
      open: (partition, gap) => this.open(partition, gap),
      closed: (partition) => this.close(partition),
    });
    this.done = this.run();
  }

  lagSeconds(now = Date.now()): number {
    const { oldest } = this.taker;
    const underWay = oldest === undefined ? 0 : (now - Date.parse(oldest)) / 1_000;
    return Math.max(0, underWay, this.lag.seconds(now));
  }

  /** Records that wait in all partitions, as of a second ago. */
  lagEvents(): number {
    return this.lag.events;
  }

  // Another process may hold the stream's partition: what it has applied is in the database and nowhere else. What is parked was
  // passed and not applied.
  async reach(position: bigint, stream: string, patience: number): Promise<boolean> {
    const end = Date.now() + patience;
    const partition = String(this.options.feed.partitionOf(stream));
    const passed = async () =>
      this.served && (await this.projector.checkpoint(partition)).position >= position;
    const within = async () => {
      while (Date.now() + waitingLook <= end && this.state !== 'stopped') {
        await sleep(waitingLook);
        if (await passed()) return true;
      }
      return false;
    };
    if (!(await passed()) && !(await this.rest.waitedFor(within))) return false;
    return !(await isParked(this.options.database, this.name, stream));
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
      startOffsets: () => this.reached(),
      handle: (chain) => this.take(chain),
      observe: (event) => this.note(event),
    });
    const leaving = new AbortController();
    try {
      await Promise.race([following.ended, this.watch(AbortSignal.any([signal, leaving.signal]))]);
      if (!signal.aborted) throw new Error('the consumption ended');
    } finally {
      leaving.abort();
      this.halted.clear();
      await following.stop();
      await following.ended.catch(() => {});
    }
  }

  private async take(chain: Chain): Promise<void> {
    const began = performance.now();
    this.rate.add(await this.mender.take(chain));
    this.troubles.over(chain.partition);
    // The broker is asked for more only then: what it gets meanwhile comes together.
    const behind = this.state !== 'live' || chain.links.length >= manyLinks;
    if (!behind) await this.rest.after(performance.now() - began, this.stopping.signal);
  }

  // What is being served falls behind and catches up again; what is not, waits for its first time.
  private async watch(signal: AbortSignal): Promise<void> {
    const { database, feed } = this.options;
    const begun = await feed.ends();
    while (!signal.aborted) {
      const ends = await feed.ends();
      const reached = await this.reached();
      this.lag.look(ends, reached);
      this.parked = await parkedRecords(database, this.name);
      await tellHalted(database, this.name, this.partitions, this.halted);
      const caughtUp = [...begun].every(([partition, offset]) => (reached.get(partition) ?? 0n) >= offset);
      if (caughtUp && !this.served) {
        await takeOver(database, this.projection);
        this.options.log.info(`${this.label} has caught up and is served`);
        this.served = true;
      }
      this.judge();
      if (this.failure === undefined && caughtUp) this.state = 'live';
      if (this.state === 'live') this.pause = 0;
      await sleep(this.state === 'live' ? 1_000 : 200, undefined, { signal }).catch(() => {});
    }
  }

  private open(partition: number, { message: reason }: Gap): void {
    if (this.halted.get(partition) === reason) return;
    this.gaps += 1;
    this.note({ kind: 'halted', partition, reason });
  }

  private close(partition: number): void {
    if (!this.halted.delete(partition)) return;
    this.options.log.info(`${this.label} goes on in partition ${partition}: what was missing has come`);
    this.judge();
  }

  /** Where each partition goes on; and, on the way, how far all of them have come. */
  private async reached(): Promise<Map<number, bigint>> {
    const all = await this.projector.checkpoints();
    const last = all.reduce((most, one) => (one.position > most.position ? one : most), this.checkpoint);
    const events = all.reduce((sum, one) => sum + one.events, 0n);
    this.checkpoint = { ...last, events };
    return new Map(all.map(({ partition, nextOffset }) => [Number(partition), nextOffset]));
  }

  private note(event: FollowEvent): void {
    const { log } = this.options;
    if (event.kind === 'halted') {
      this.halted.set(event.partition, event.reason);
      log.error(`${this.label} stands still in partition ${event.partition}: ${event.reason}`);
    } else if (event.kind === 'assigned') {
      this.rebalances += 1;
      this.partitions = event.partitions;
      this.troubles.keep(event.partitions);
      this.mender.forget();
      const kept = (partition: number) => event.partitions.includes(partition);
      for (const partition of this.halted.keys()) if (!kept(partition)) this.halted.delete(partition);
      log.info(`${this.label} has partitions ${event.partitions.join(', ') || 'none'}`);
    } else {
      this.noteTrouble(event);
    }
    this.judge();
  }

  private noteTrouble({ partition, reason }: { partition?: number; reason: string }): void {
    if (partition !== undefined) this.troubles.again(partition, reason);
    const lasts = partition !== undefined && this.troubles.lasting.has(partition);
    const where = partition === undefined ? '' : ` in partition ${partition}`;
    this.options.log[lasts ? 'error' : 'warn'](`${this.label}${where} ${reason}`);
  }

  private judge(): void {
    const wrong = this.halted.size > 0 ? this.halted : this.troubles.lasting;
    this.failure =
      [...wrong].map(([partition, why]) => `partition ${partition}: ${why}`).join('; ') || undefined;
    if (this.failure !== undefined) this.state = this.halted.size > 0 ? 'failed' : 'retrying';
    else if (this.state === 'failed') this.state = this.served ? 'catching-up' : 'building';
  }

  private retry(error: unknown): void {
    this.state = 'retrying';
    this.pause = Math.min(longestPause, Math.max(200, this.pause * 2));
    const why = error instanceof Error ? error.message : String(error);
    this.options.log.warn(`${this.label} tries again in ${this.pause} ms: ${why}`);
  }

  private get label(): string {
    return `projection ${this.options.projection.name}@${this.options.projection.version}`;
  }
}
