const times = 4; // of what the work took
const longest = 80; // milliseconds

/**
 * What is waited for by nobody rests after a commit, the longer the more that took: a transaction for each single event would cost far more
 * than the event. Whoever comes to wait ends the rest.
 */
export class Rest {
  private waiting = 0;
  private readonly resting = new Set<() => void>();

  /** Nobody rests while the work lasts. */
  async waitedFor<Result>(work: () => Promise<Result>): Promise<Result> {
    this.waiting += 1;
    for (const wake of this.resting) wake();
    try {
      return await work();
    } finally {
      this.waiting -= 1;
    }
  }

  /** After work that took so many milliseconds; no more once the signal is given. */
  async after(took: number, signal: AbortSignal): Promise<void> {
    if (this.waiting > 0 || signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const wake = () => resolve();
    this.resting.add(wake);
    signal.addEventListener('abort', wake, { once: true });
    const timer = setTimeout(wake, Math.min(times * took, longest));
    await promise;
    clearTimeout(timer);
    this.resting.delete(wake);
    signal.removeEventListener('abort', wake);
  }
}
