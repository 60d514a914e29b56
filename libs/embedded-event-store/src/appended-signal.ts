/** Wakes those who wait at the end of the log when it has grown. */
export class AppendedSignal {
  #waiting = new Set<() => void>();

  /** Calls `wake` once, after the next commit; the returned function takes that back. */
  once(wake: () => void): () => void {
    this.#waiting.add(wake);
    return () => void this.#waiting.delete(wake);
  }

  raise(): void {
    const woken = this.#waiting;
    this.#waiting = new Set();
    for (const wake of woken) wake();
  }
}
