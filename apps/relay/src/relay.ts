import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type EventBus, type OpenedTopic, UnreadableRecord, WrongTopic } from '#event-bus';
import { Batches, type EventStore, FeedBroken, UnreadableEvent, eventsBehind } from '#event-store';
import type { Database } from '#read-store';
import { Checkpoints } from './relay.checkpoints.js';
import { type Lease, takeLease } from './relay.lease.js';
import { published, recoveries, relayPosition, relayState, skipped, states } from './relay.metrics.js';
import { Outlet, type OutletOptions, TopicShrunk, Uncarriable } from './relay.outlet.js';
import { type Recovered, recover } from './relay.recovery.js';

/**
 * `waiting`: another relay holds the lease; `recovering`: finding where the topic ends; `retrying`: a server cannot be
 * reached; `halted`: an event cannot be carried, or the topic is not ours, and somebody has to look.
 */
export type RelayState = (typeof states)[number];

export type RelayOptions = OutletOptions & {
  store: EventStore;
  bus: EventBus;
  database: Database;
  /** Streams that begin with one of these are carried. */
  streams: string[];
  log: Logger;
};

const batchLimit = 500; // events: kafkajs groups messages in quadratic time
// Milliseconds. Answers as of a position know no more than is written down.
const checkpointEvery = 250;
const lookEvery = 2_000;
const mostCounted = 10_000; // events behind
const longestPause = 30_000; // milliseconds

/** Carries the event store's log to one topic, for ever: nothing is skipped, and whatever breaks, it begins again where the topic ends. */
export class Relay {
  state: RelayState = 'waiting';
  failure: string | undefined;
  private readonly checkpoints: Checkpoints;
  private readonly stopping = new AbortController();
  private readonly done: Promise<void>;
  private pause = 0;
  private batches: Batches | undefined;
  private reached = 0n; // in `$all`: everything up to here is in the topic, as far as is known
  private carrying: string | undefined; // recordedAt of the oldest event taken and not yet carried; outlasts a failure
  private upToDateUntil = Date.now();

  constructor(private readonly options: RelayOptions) {
    this.checkpoints = new Checkpoints(options.database);
    this.done = this.run();
  }

  get topic(): string {
    return this.options.topic.name;
  }

  /** Throws unless it carries, or stands by for the one that does. */
  check(): void {
    if (this.state === 'carrying' || this.state === 'waiting') return;
    throw new Error(this.failure ?? this.state);
  }

  /** Ends after the batch under way is acknowledged and written down. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.done;
  }

  /** 0 when nothing is waiting, else the age of the oldest event that is, or the time since it was last known. */
  lagSeconds(now = Date.now()): number {
    const oldest = this.carrying ?? this.batches?.oldest;
    if (oldest !== undefined) return Math.max(0, (now - Date.parse(oldest)) / 1_000);
    return ['carrying', 'waiting'].includes(this.state) ? 0 : (now - this.upToDateUntil) / 1_000;
  }

  /** Events that are not in the topic yet, counted up to 10,000; `undefined` where another relay carries it. */
  async lagEvents(): Promise<number | undefined> {
    if (this.state === 'waiting') return undefined;
    const { store, streams } = this.options;
    return (await eventsBehind(store, { position: this.reached, streams }, mostCounted)).events;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        await this.hold(signal);
      } catch (error) {
        if (signal.aborted) break;
        if (isFinal(error)) return this.halt(error as Error);
        await this.retry(error, signal);
      }
    }
  }

  private async hold(stop: AbortSignal): Promise<void> {
    this.enter('waiting');
    const lease = await takeLease(this.options.database, this.topic, stop);
    if (!lease) return;
    try {
      await this.carryFromTail(lease, stop);
    } finally {
      await lease.release();
    }
  }

  private async carryFromTail(lease: Lease, stop: AbortSignal): Promise<void> {
    this.enter('recovering');
    const { bus, log } = this.options;
    await this.checkpoints.prepare();
    const progress = await this.checkpoints.load(this.topic);
    if (progress) this.reached = progress.position;
    const topic = await bus.openTopic(this.options.topic);
    const recovered = await recover(bus, topic, progress);
    recoveries.inc({ topic: this.topic, lost: String(recovered.lost) });
    if (recovered.lost) {
      log.error(`${this.topic} has lost records that were there: everything since is carried again`);
    }
    const outlet = await Outlet.open(bus, this.options, recovered.tails);
    try {
      // Written down before anything is sent, too: operators see a topic to which nothing has gone yet.
      await this.save(topic, recovered.position, outlet);
      await this.carry(outlet, topic, recovered, AbortSignal.any([stop, lease.signal]));
    } finally {
      await outlet.close();
    }
    lease.signal.throwIfAborted();
  }

  private async carry(
    outlet: Outlet,
    topic: OpenedTopic,
    { position }: Recovered,
    signal: AbortSignal,
  ): Promise<void> {
    const { store, streams, log } = this.options;
    this.enter('carrying');
    log.info(`${this.topic} is carried on from position ${position}`);
    const after = position > 0n ? position : undefined;
    const shrunk = new AbortController();
    const ending = AbortSignal.any([signal, shrunk.signal]);
    this.batches = new Batches(store, { after, streams, signal: ending }, batchLimit);
    this.reached = position;
    let saved = position;
    const save = async () => {
      if (this.reached === saved) return;
      const now = this.reached;
      await this.save(topic, now, outlet);
      saved = now;
    };
    // A checkpoint is a lower bound: what is not written down now is written down the next time.
    const saving = setInterval(() => {
      save().catch((error: Error) => log.warn(`${this.topic}: no checkpoint was written: ${error.message}`));
    }, checkpointEvery);
    // A broker that came back without its data takes new records as if nothing had been: then the copy begins again.
    const looking = setInterval(() => {
      outlet
        .expectWhole(() => this.options.bus.offsets(this.topic))
        .catch((error: Error) => {
          if (error instanceof TopicShrunk) shrunk.abort(error);
          else log.warn(`${this.topic}: where it ends is not known: ${error.message}`);
        });
    }, lookEvery);
    try {
      for await (const batch of this.batches) {
        this.carrying = batch.events[0]?.recordedAt;
        const sent = await outlet.carry(batch.events);
        this.carrying = undefined;
        if (batch.position > this.reached) this.reached = batch.position;
        this.measure(sent, batch.events.length);
        this.pause = 0;
      }
    } finally {
      clearInterval(saving);
      clearInterval(looking);
      this.batches = undefined;
    }
    shrunk.signal.throwIfAborted();
    await save();
    if (!signal.aborted) throw new Error('the subscription ended');
  }

  private async save({ clusterId }: OpenedTopic, position: bigint, outlet: Outlet): Promise<void> {
    await this.checkpoints.save(this.topic, { clusterId, position, partitions: outlet.checkpoints() });
  }

  private measure(sent: number, taken: number): void {
    const { topic } = this;
    published.inc({ topic }, sent);
    skipped.inc({ topic }, taken - sent);
    relayPosition.set({ topic }, Number(this.reached));
  }

  private async retry(cause: unknown, signal: AbortSignal): Promise<void> {
    this.enter('retrying', cause);
    this.pause = Math.min(longestPause, Math.max(200, this.pause * 2));
    this.options.log.warn(`${this.topic}: tries again in ${this.pause} ms: ${this.failure}`);
    await sleep(this.pause, undefined, { signal }).catch(() => {});
  }

  private halt(error: Error): void {
    this.enter('halted', error);
    this.options.log.error(`${this.topic} is carried no further until somebody has looked: ${error.message}`);
  }

  private enter(state: RelayState, error?: unknown): void {
    if (this.state === 'carrying') this.upToDateUntil = Date.now();
    this.state = state;
    this.failure = error === undefined ? undefined : error instanceof Error ? error.message : String(error);
    for (const other of states) relayState.set({ topic: this.topic, state: other }, other === state ? 1 : 0);
  }
}

const finalKinds = [Uncarriable, UnreadableEvent, UnreadableRecord, WrongTopic];

// A subscription wraps what it failed of.
const isFinal = (error: unknown): boolean =>
  finalKinds.some((kind) => error instanceof kind) || (error instanceof FeedBroken && isFinal(error.cause));
