import { setTimeout as sleep } from 'node:timers/promises';
import type { Recorded } from '#event-sourcing';
import {
  type Chain,
  Displaced,
  type Follow,
  type Following,
  Halt,
  type Link,
  type PartitionedFeed,
} from '../partitioned-feed.js';

type Raw = { stream: string; position: string; previous: string; json: string };

const withBigints = (_: string, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value);
const backAgain = (_: string, value: unknown) =>
  typeof value === 'string' && /^-?\d+n$/.test(value) ? BigInt(value.slice(0, -1)) : value;

/** A log in partitions in memory: members of a group share them, and what was refused comes again. */
export class InMemoryPartitions implements PartitionedFeed {
  readonly name = 'memory';
  readonly partitions = 3;
  readonly log: Raw[][] = [[], [], []];
  private readonly members = new Map<string, Member[]>();
  private sharing = Promise.resolve();

  constructor(
    events: Recorded[] = [],
    private readonly chainLength = 2,
  ) {
    this.add(...events);
  }

  partitionOf = (stream: string): number => (stream.codePointAt(stream.length - 1) ?? 0) % this.partitions;

  add(...events: Recorded[]): void {
    for (const event of events) {
      const log = this.log[this.partitionOf(event.stream)] as Raw[];
      const { stream, position } = event;
      const previous = log.at(-1)?.position ?? '0';
      log.push({ stream, position: String(position), previous, json: JSON.stringify(event, withBigints) });
    }
  }

  /** The records of a partition from an offset come once more, as after two relays. */
  repeat(partition: number, from: number): void {
    this.log[partition]?.push(...this.log[partition].slice(from));
  }

  restored(raw: object): Link {
    const { stream, position, previous, json } = raw as Raw;
    return {
      stream,
      position: BigInt(position),
      previous: BigInt(previous),
      event: () => JSON.parse(json, backAgain) as Recorded,
      raw,
    };
  }

  async ends(): Promise<Map<number, bigint>> {
    return new Map(this.log.map((records, partition) => [partition, BigInt(records.length)]));
  }

  async *readOn(from: ReadonlyMap<number, bigint>): AsyncGenerator<Chain> {
    for (let partition = 0; partition < this.partitions; partition += 1) {
      for (let next = Number(from.get(partition) ?? 0); ;) {
        const chain = this.chain(partition, next);
        if (!chain) break;
        yield chain;
        next = Number(chain.next);
      }
    }
  }

  chain(partition: number, from: number): Chain | undefined {
    const links = (this.log[partition] as Raw[]).slice(from, from + this.chainLength);
    if (links.length === 0) return undefined;
    return { partition, links: links.map((raw) => this.restored(raw)), next: BigInt(from + links.length) };
  }

  async follow(follow: Follow): Promise<Following> {
    const member = new Member(this, follow);
    await this.share(follow.group, (members) => [...members, member]);
    const ended = Promise.withResolvers<void>();
    const stop = async () => {
      await this.share(follow.group, (members) => members.filter((one) => one !== member));
      await member.assign([]);
      ended.resolve();
    };
    return { ended: ended.promise, stop };
  }

  // One rebalance after the other.
  private share(name: string, change: (members: Member[]) => Member[]): Promise<void> {
    this.sharing = this.sharing.then(() => this.rebalance(name, change(this.members.get(name) ?? [])));
    return this.sharing;
  }

  private async rebalance(name: string, group: Member[]): Promise<void> {
    for (const member of this.members.get(name) ?? []) await member.assign([]);
    this.members.set(name, group);
    const all = Array.from({ length: this.partitions }, (_, partition) => partition);
    for (const [index, member] of group.entries())
      await member.assign(all.filter((partition) => partition % group.length === index));
  }
}

class Member {
  private ending = new AbortController();
  private work: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly feed: InMemoryPartitions,
    private readonly options: Follow,
  ) {}

  async assign(partitions: number[]): Promise<void> {
    this.ending.abort();
    await this.work;
    this.ending = new AbortController();
    const { signal } = this.ending;
    this.options.observe({ kind: 'assigned', partitions });
    this.work = Promise.all(partitions.map((partition) => this.flow(partition, signal)));
  }

  private async flow(partition: number, signal: AbortSignal): Promise<void> {
    let next: number | undefined;
    while (!signal.aborted) {
      try {
        next ??= Number((await this.options.startOffsets([partition])).get(partition) ?? 0n);
        const chain = this.feed.chain(partition, next);
        if (chain) await this.options.handle(chain);
        if (chain) next = Number(chain.next);
        else await sleep(5);
      } catch (error) {
        const reason = (error as Error).message;
        this.options.observe({ kind: error instanceof Halt ? 'halted' : 'retrying', partition, reason });
        if (error instanceof Halt) return;
        if (error instanceof Displaced) next = 0;
        await sleep(20);
      }
    }
  }
}
