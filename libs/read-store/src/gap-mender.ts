import type { ChainTaker } from './chain-taker.js';
import { type Chain, Displaced, Gap } from './partitioned-feed.js';

export type GapEvents = {
  /** Said of each chain that shows it. */
  open: (partition: number, gap: Gap) => void;
  closed: (partition: number) => void;
};

/**
 * Takes chains, and finds the way over gaps where there is one. A record that is missing may stand at another offset, since Kafka lost
 * the partition and the relay filled it again: it is looked for from the beginning. Where it is not to be found the gap stands open:
 * nothing behind it is applied, and the partition is read on, for the relay carries what was lost again at its end.
 */
export class GapMender {
  /** Partition → position after which something is missing, though it was looked for from the beginning. */
  private readonly sought = new Map<number, bigint>();

  constructor(
    private readonly taker: ChainTaker,
    private readonly events: GapEvents,
  ) {}

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
    if (this.sought.get(partition) !== last) {
      this.sought.set(partition, last);
      throw new Displaced(gap.message, { cause: gap });
    }
    this.events.open(partition, gap);
    const hole = next - BigInt(links.length - index); // where a restart finds the gap again
    const before = links.slice(0, index);
    const applied = before.length > 0 ? await this.taker.take({ partition, links: before, next: hole }) : 0;
    const follows = links.findIndex(({ position, previous }) => position > last && previous <= last);
    if (follows < index) return applied;
    return applied + (await this.take({ partition, links: links.slice(follows), next }));
  }

  private passed({ partition, links }: Chain): void {
    const last = this.sought.get(partition);
    if (last === undefined || !links.some(({ position }) => position > last)) return;
    this.sought.delete(partition);
    this.events.closed(partition);
  }
}
