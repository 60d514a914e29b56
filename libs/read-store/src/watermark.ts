type Waiter = { position: bigint; reached: (yes: boolean) => void };

/** How far something has come, for those who wait until it has come further. */
export class Watermark {
  private current = -1n;
  private waiters: Waiter[] = [];

  get position(): bigint {
    return this.current;
  }

  advance(position: bigint): void {
    if (position <= this.current) return;
    this.current = position;
    const reached = this.waiters.filter((waiter) => waiter.position <= position);
    if (reached.length === 0) return;
    this.waiters = this.waiters.filter((waiter) => waiter.position > position);
    for (const waiter of reached) waiter.reached(true);
  }

  /** Whether the position was reached within the time (milliseconds). */
  async reach(position: bigint, patience: number): Promise<boolean> {
    if (position <= this.current) return true;
    if (patience <= 0) return false;
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const waiter = { position, reached: resolve };
    this.waiters.push(waiter);
    const timer = setTimeout(() => resolve(false), patience);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      this.waiters = this.waiters.filter((other) => other !== waiter);
    }
  }

  /** Nobody waits any longer: it will not come further. */
  giveUp(): void {
    for (const { reached } of this.waiters) reached(false);
  }
}
