type Waiter = { position: bigint; reached: (yes: boolean) => void };

/** How far something has come, for those who wait until it has come further. */
export class Watermark {
  private current = -1n;
  private waiters: Waiter[] = [];
  private wake: () => void = () => {};

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
    this.wake();
    const timer = setTimeout(() => resolve(false), patience);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      this.waiters = this.waiters.filter((other) => other !== waiter);
    }
  }

  /** Passes the time (milliseconds), or less: nothing while somebody waits, and no more once somebody does. */
  async rest(time: number): Promise<void> {
    if (this.waiters.length > 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.wake = resolve;
    const timer = setTimeout(resolve, time);
    await promise;
    clearTimeout(timer);
  }

  /** Nobody waits any longer: it will not come further. */
  giveUp(): void {
    this.wake();
    for (const { reached } of this.waiters) reached(false);
  }
}
