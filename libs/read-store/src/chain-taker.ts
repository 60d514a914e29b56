import { GroupCommit } from './group-commit.js';
import { type Chain, Halt, type Link } from './partitioned-feed.js';
import type { Projector } from './projector.js';
import type { Log } from './runner.js';
import { isTransient } from './transient.js';

const tries = 3; // of a record, before its key is parked

/**
 * Applies the chains of partitions. One that no trying again will apply is taken record by record, and the key of the culprit
 * is parked: the others flow on.
 */
export class ChainTaker {
  /** Partition → when the oldest record under way was recorded (ISO 8601, UTC). */
  private readonly underWay = new Map<number, string>();
  private readonly commits: GroupCommit;

  constructor(
    private readonly projector: Projector,
    private readonly label: string,
    private readonly log: Log,
  ) {
    this.commits = new GroupCommit((chains) => projector.applyChains(chains, { parking: true }));
  }

  /** When the oldest record under way in this process was recorded. */
  get oldest(): string | undefined {
    return [...this.underWay.values()].toSorted()[0];
  }

  /** Resolves with the number of events applied. Rejects with a `Halt`, or with what may work another time. */
  async take(chain: Chain): Promise<number> {
    const { partition, links } = chain;
    this.underWay.set(partition, recordedAt(links));
    try {
      return await this.apply(chain);
    } catch (error) {
      if (error instanceof Halt || isTransient(error)) throw error;
      return await this.takeOneByOne(chain);
    } finally {
      this.underWay.delete(partition);
    }
  }

  private async takeOneByOne({ partition, links, next }: Chain): Promise<number> {
    let applied = 0;
    for (const [index, link] of links.entries()) {
      applied += await this.takeOne(partition, link, next - BigInt(links.length - 1 - index));
    }
    return applied;
  }

  private async takeOne(partition: number, link: Link, next: bigint): Promise<number> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.apply({ partition, links: [link], next });
      } catch (error) {
        if (error instanceof Halt || isTransient(error)) throw error;
        if (attempt < tries) continue;
        const reason = error instanceof Error ? error.message : String(error);
        await this.projector.parkLink(partition, link, next, reason);
        this.log.error(`${this.label} has parked ${link.stream} from position ${link.position}: ${reason}`);
        return 0;
      }
    }
  }

  private async apply(chain: Chain): Promise<number> {
    const { applied } = await this.commits.take(chain);
    return applied;
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
