import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Spawned, spawnProcess } from '../processes/spawned.process.js';

/** A consumer of the documentation, started again each time it is killed, on the same file. */
export class FollowerProcess {
  readonly file = join(mkdtempSync(join(tmpdir(), 'yizhan-consumer-')), 'events.ndjson');
  private running: Spawned | undefined;

  constructor(
    private readonly entry: string,
    private readonly args: (file: string) => string[],
    private readonly env: Record<string, string>,
  ) {}

  start(): void {
    this.running = spawnProcess({ entry: this.entry, args: this.args(this.file), env: this.env });
  }

  /** SIGKILL: it cannot tidy anything. */
  async kill(): Promise<void> {
    this.running?.signal('SIGKILL');
    await this.running?.exited;
  }

  /** What it said, once it has ended by itself. */
  async ended(): Promise<string> {
    await this.running?.exited;
    return this.running?.output() ?? '';
  }

  /** What it has written so far, whole lines only. */
  lines(): any[] /* oxlint-disable-line typescript/no-explicit-any */ {
    try {
      const text = readFileSync(this.file, 'utf8');
      return text
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as object);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  }

  /** Rejects with what the process said when that many lines are not there in two minutes. */
  async until(lines: number): Promise<void> {
    for (const late = Date.now() + 120_000; Date.now() < late; await pause(50)) {
      if (this.lines().length >= lines) return;
    }
    throw new Error(`${this.lines().length} lines of ${lines}; it says: ${this.running?.output()}`);
  }
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
