import type { EventLog } from './log.js';
import { ShuttingDown } from './shutting-down.js';

type Waiting = { size: number; work: () => () => void; fail: (error: Error) => void };

const COMMIT_BYTES = 4 * 1024 * 1024;

/**
 * One writer. Everything asked for within one turn of the event loop shares one transaction, hence one fsync,
 * and nobody hears of success before that transaction is on disk.
 */
export class CommitQueue {
  #waiting: Waiting[] = [];
  #closed = false;

  constructor(
    private readonly log: EventLog,
    private readonly on: { committed: () => void; failed: () => void },
  ) {}

  /** `work` runs inside the transaction and returns what to do once it is committed; `fail` is called if that fails. */
  add(size: number, work: () => () => void, fail: (error: Error) => void): void {
    if (this.#closed) return fail(new ShuttingDown());
    this.#waiting.push({ size, work, fail });
    if (this.#waiting.length === 1) setImmediate(() => this.#flush());
  }

  /** Commits what waits and refuses all that comes later. */
  close(): void {
    this.#closed = true;
    while (this.#waiting.length > 0) this.#flush();
  }

  #flush(): void {
    if (this.#waiting.length === 0) return;
    const batch = this.#nextBatch();
    const answers: (() => void)[] = [];
    const before = this.log.lastPosition;
    try {
      this.log.commit(() => {
        for (const { work } of batch) answers.push(work());
      });
    } catch (error) {
      this.on.failed();
      for (const { fail } of batch) fail(error as Error);
      return;
    } finally {
      if (this.#waiting.length > 0) setImmediate(() => this.#flush());
    }
    for (const answer of answers) answer();
    if (this.log.lastPosition > before) this.on.committed();
  }

  #nextBatch(): Waiting[] {
    let bytes = 0;
    const full = this.#waiting.findIndex(({ size }) => (bytes += size) > COMMIT_BYTES);
    const batch = this.#waiting.splice(0, full < 0 ? this.#waiting.length : Math.max(full, 1));
    return batch;
  }
}
