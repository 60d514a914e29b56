import { setTimeout as sleep } from 'node:timers/promises';
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import { backOff } from '../back-off.js';
import {
  type ConsumeOptions,
  type Consumption,
  ConsumptionFailed,
  HaltPartition,
  StartOver,
} from '../consume.options.js';
import { Assignment, type Closing } from './assignment.js';
import { fewRetries } from './client.js';
import { stored } from './stored.js';

// A member that died keeps its partitions for so long. Brokers take no less than 6 s by default; a batch may take longer, its
// heartbeats go on beside it.
const defaultSessionTimeout = 10_000;

/** A member of a consumer group that begins where its caller says and survives its caller's errors. */
export class GroupMember implements Consumption {
  private readonly consumer: Consumer;
  private readonly outcome = Promise.withResolvers<void>();
  private readonly reasons = new Map<number, string>();
  private readonly attempts = new Map<number, number>();
  private assignment: Assignment;
  private stopping = false;
  private readonly heartbeatInterval: number;
  readonly ended = this.outcome.promise;

  constructor(
    kafka: Kafka,
    private readonly options: ConsumeOptions,
  ) {
    const { group, sessionTimeout = defaultSessionTimeout } = options;
    this.heartbeatInterval = sessionTimeout / 10;
    this.consumer = kafka.consumer({
      groupId: group,
      sessionTimeout,
      heartbeatInterval: this.heartbeatInterval,
      maxWaitTimeInMs: 250,
      allowAutoTopicCreation: false,
      retry: { ...fewRetries, restartOnFailure: async () => !this.stopping },
    });
    this.assignment = new Assignment(this.consumer, options.topic, []);
    this.ended.catch(() => undefined); // whoever does not wait for it was told by `observe`
    this.listen();
  }

  async start(): Promise<void> {
    const { topic, concurrency = 1 } = this.options;
    await this.consumer.connect();
    // Otherwise an offset that the topic does not have would silently become its end.
    await this.consumer.subscribe({ topics: [topic], fromBeginning: true });
    await this.consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: concurrency,
      eachBatch: (payload) => this.take(payload),
    });
  }

  halt(partition: number, reason: string): void {
    if (!this.assignment.partitions.includes(partition)) return;
    this.assignment.close(partition);
    this.reasons.set(partition, reason);
    this.options.observe?.({ kind: 'halted', partition, reason });
  }

  resume(partition: number): void {
    if (!this.reasons.delete(partition)) return;
    this.attempts.delete(partition);
    void this.begin(this.assignment, [this.assignment.close(partition)]);
  }

  halted(): ReadonlyMap<number, string> {
    return this.reasons;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.assignment.end();
    await this.consumer.disconnect();
    this.outcome.resolve();
  }

  private listen(): void {
    const { GROUP_JOIN, REBALANCING, STOP, CRASH } = this.consumer.events;
    this.consumer.on(GROUP_JOIN, ({ payload }) =>
      this.join(payload.memberAssignment[this.options.topic] ?? []),
    );
    this.consumer.on(REBALANCING, () => this.options.observe?.({ kind: 'rebalancing' }));
    this.consumer.on(STOP, () => this.assignment.end());
    this.consumer.on(CRASH, ({ payload }) => {
      if (payload.restart || this.stopping) return;
      const error = new ConsumptionFailed(payload.error.message, { cause: payload.error });
      this.options.observe?.({ kind: 'failed', error });
      this.outcome.reject(error);
    });
  }

  // kafkajs calls this before it fetches anything of the new generation: what is closed here without an `await` brings nothing
  // from the wrong offset.
  private join(partitions: number[]): void {
    this.assignment.end();
    const assignment = (this.assignment = new Assignment(this.consumer, this.options.topic, partitions));
    const closings = partitions.map((partition) => assignment.close(partition));
    this.attempts.clear();
    for (const lost of [...this.reasons.keys()].filter((one) => !partitions.includes(one))) {
      this.reasons.delete(lost);
    }
    this.options.observe?.({ kind: 'assigned', partitions });
    void this.begin(
      assignment,
      closings.filter(({ partition }) => !this.reasons.has(partition)),
    );
  }

  private async begin(assignment: Assignment, closings: readonly Closing[]): Promise<void> {
    if (closings.length === 0) return;
    const partitions = closings.map(({ partition }) => partition);
    for (let attempt = 1; !assignment.signal.aborted; attempt += 1) {
      try {
        const offsets = await this.options.startOffsets(partitions);
        for (const closing of closings) assignment.open(closing, offsets.get(closing.partition) ?? 0n);
        return;
      } catch (error) {
        if (assignment.signal.aborted) return;
        const delay = backOff(attempt);
        this.options.observe?.({ kind: 'retrying', attempt, delay, error });
        await passed(delay, assignment.signal);
      }
    }
  }

  private async take({ batch, heartbeat, resolveOffset, isStale }: EachBatchPayload): Promise<void> {
    const { assignment } = this;
    const { partition, messages } = batch;
    const { batchSize = 500 } = this.options;
    for (let first = 0; first < messages.length; first += batchSize) {
      if (!assignment.isOpen(partition) || isStale()) return;
      const records = messages.slice(first, first + batchSize).map((message) => stored(partition, message));
      const [begin, last] = [records[0]?.offset ?? 0n, records.at(-1)?.offset ?? 0n];
      let lost: unknown;
      const beat = () => heartbeat().catch((error: unknown) => void (lost = error));
      const beating = setInterval(beat, this.heartbeatInterval);
      try {
        const { signal } = assignment;
        await this.options.handle({
          partition,
          records,
          end: BigInt(batch.highWatermark),
          signal,
        });
      } catch (error) {
        if (lost !== undefined) throw lost; // kafkajs' own, and its way to join again
        return this.put(assignment, partition, begin, error);
      } finally {
        clearInterval(beating);
      }
      if (assignment.signal.aborted) return;
      this.attempts.delete(partition);
      resolveOffset(last.toString());
      await heartbeat();
    }
  }

  // An error that left `eachBatch` would stop every partition, and a TypeError the consumer for good.
  private put(assignment: Assignment, partition: number, offset: bigint, error: unknown): void {
    if (assignment.signal.aborted) return;
    if (error instanceof HaltPartition) return this.halt(partition, error.message);
    if (error instanceof StartOver) return assignment.open(assignment.close(partition), 0n);
    const attempt = (this.attempts.get(partition) ?? 0) + 1;
    this.attempts.set(partition, attempt);
    const delay = backOff(attempt);
    const closing = assignment.close(partition);
    this.options.observe?.({ kind: 'retrying', partition, attempt, delay, error });
    void passed(delay, assignment.signal).then(() => assignment.open(closing, offset));
  }
}

const passed = (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }).catch(() => undefined);
