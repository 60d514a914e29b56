import { type Chain, Displaced, Gap, continues } from './partitioned-feed.js';

export type GapMending = {
  /** Whether the partition can be had from its beginning by `Displaced`; else a gap is open at once. */
  seeks: boolean;
  /** Said of each chain that shows it. */
  open?: (partition: number, gap: Gap) => void;
  closed?: (partition: number) => void;
};

/**
 * Takes chains, and finds the way over gaps where there is one. A record that is missing may stand at another offset, since Kafka lost
 * the partition and the relay filled it again: it is looked for from the beginning. Where it is not to be found the gap stands open:
 * nothing behind it is applied, and the partition is read on, for the relay carries what was lost again at its end.
 */
export class GapMender {
  /** Partition → the gap in it, for which it was or is being looked through from the beginning. */
  private readonly sought = new Map<number, Gap>();

  constructor(
    private readonly taker: { take: (chain: Chain) => Promise<number> },
    private readonly mending: GapMending,
  ) {}

  /** A gap over which no way was found. */
  get missing(): Gap | undefined {
    return this.sought.values().next().value;
  }

  /** With new partitions, or the same ones anew, every gap is looked at afresh. */
  forget(): void {
    this.sought.clear();
  }

  /** Resolves with the number of events applied. Rejects with `Displaced`, and as the taker does. */
  async take(chain: Chain): Promise<number> {
    try {
      const applied = await this.taker.take(chain);
      this.passed(chain);
      return applied;
    } catch (error) {
      if (error instanceof Gap) return this.takeAround(chain, error);
      throw error;
    }
  }

  private async takeAround({ partition, links, next }: Chain, gap: Gap): Promise<number> {
    const { index, last } = gap;
    if (this.sought.get(partition)?.last !== last) {
      this.sought.set(partition, gap);
      if (this.mending.seeks) throw new Displaced(gap.message, { cause: gap });
    }
    this.mending.open?.(partition, gap);
    const hole = next - BigInt(links.length - index); // where a restart finds the gap again
    const before = links.slice(0, index);
    const applied = before.length > 0 ? await this.taker.take({ partition, links: before, next: hole }) : 0;
    const follows = links.findIndex((link) => link.position > last && continues(link, last));
    if (follows < index) return applied;
    return applied + (await this.take({ partition, links: links.slice(follows), next }));
  }

  private passed({ partition, links }: Chain): void {
    const gap = this.sought.get(partition);
    if (!gap || !links.some(({ position }) => position > gap.last)) return;
    this.sought.delete(partition);
    this.mending.closed?.(partition);
  }
}
