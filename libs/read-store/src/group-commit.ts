import { setImmediate as turn } from 'node:timers/promises';
import type { Chain } from './partitioned-feed.js';
import type { Applied } from './projector.js';
import { isTransient } from './transient.js';

type Waiting = { chain: Chain; outcome: PromiseWithResolvers<Applied> };

/**
 * Applies in one transaction what several partitions bring while the one before is being written: a commit costs much the same,
 * however little is in it.
 */
export class GroupCommit {
  private waiting: Waiting[] = [];
  private busy = false;

  constructor(private readonly apply: (chains: readonly Chain[]) => Promise<Applied[]>) {}

  /** Rejects as `apply` would of this chain alone. */
  take(chain: Chain): Promise<Applied> {
    const outcome = Promise.withResolvers<Applied>();
    this.waiting.push({ chain, outcome });
    if (!this.busy) void this.run();
    return outcome.promise;
  }

  private async run(): Promise<void> {
    this.busy = true;
    await turn(); // what one answer of a broker has brought is there by then
    while (this.waiting.length > 0) await this.commit(this.next());
    this.busy = false;
  }

  // One chain of a partition at a time: the next one begins where that has come to.
  private next(): Waiting[] {
    const firsts = new Map<number, Waiting>();
    for (const one of this.waiting) {
      if (!firsts.has(one.chain.partition)) firsts.set(one.chain.partition, one);
    }
    const taken = [...firsts.values()];
    this.waiting = this.waiting.filter((one) => !taken.includes(one));
    return taken;
  }

  private async commit(taken: readonly Waiting[]): Promise<void> {
    try {
      const applied = await this.apply(taken.map(({ chain }) => chain));
      for (const [index, { outcome }] of taken.entries()) outcome.resolve(applied[index] as Applied);
    } catch (error) {
      if (taken.length === 1 || isTransient(error)) for (const { outcome } of taken) outcome.reject(error);
      else for (const one of taken) await this.commit([one]); // whose fault it is shows alone
    }
  }
}
