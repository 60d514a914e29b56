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

  /** Passes the time (milliseconds), or less: nothing while somebody waits, no more once somebody does or the signal says so. */
  async rest(time: number, signal: AbortSignal): Promise<void> {
    if (this.waiters.length > 0 || signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.wake = resolve;
    const wake = () => resolve();
    signal.addEventListener('abort', wake, { once: true });
    const timer = setTimeout(wake, time);
    await promise;
    clearTimeout(timer);
    signal.removeEventListener('abort', wake);
  }

  /** Nobody waits any longer: it will not come further. */
  giveUp(): void {
    for (const { reached } of this.waiters) reached(false);
  }
}
