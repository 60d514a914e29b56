import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { atExit } from '../processes/at-exit.js';
import { compiled } from './compiled.js';

export type Acknowledged = { stream: string; batch: number; revision: number; position: bigint };

/** Writer of a run, in a process of its own that outlives the nodes it writes to. */
export class WriterProcess {
  readonly #child: ChildProcess;
  readonly #reports: AsyncIterator<string>;
  readonly #file: number;
  #read = 0;
  constructor(run: string, streams: number, acknowledgements: string) {
    const script = compiled('writer.child.js').pathname;
    this.#child = spawn(process.execPath, [script, run, String(streams), acknowledgements], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#child.once(
      'exit',
      atExit(() => this.#child.kill('SIGKILL')),
    );
    this.#reports = createInterface({ input: this.#child.stdout! })[Symbol.asyncIterator]();
    closeSync(openSync(acknowledgements, 'a'));
    this.#file = openSync(acknowledgements, 'r');
  }

  /** Appends to the node at `url` until it is gone. Resolves when the first append is acknowledged, or failed. */
  async write(url: string): Promise<void> {
    this.#child.stdin?.write(`${url}\n`);
    await this.#said();
  }

  /** Resolves when the news has grown by `bytes`, or `patience` milliseconds have passed. */
  async hears(bytes: number, patience: number): Promise<void> {
    const size = (): number => fstatSync(this.#file).size;
    const due = size() + bytes;
    for (const start = performance.now(); size() < due && performance.now() - start < patience;)
      await pause(1);
  }

  /** Resolves when the writer has lost its node and everything it heard from it is in the file. */
  async over(): Promise<void> {
    await this.#said();
  }

  /** What the writer heard since the last call. */
  news(): { acknowledged: Acknowledged[]; refused: string[] } {
    const lines = this.#text().split('\n').slice(0, -1);
    const of = (kind: string): string[] =>
      lines.filter((line) => line.startsWith(kind)).map((line) => line.slice(2));
    return { acknowledged: of('A').map(acknowledged), refused: of('R') };
  }

  end(): void {
    this.#child.kill('SIGKILL');
    closeSync(this.#file);
  }

  async #said(): Promise<void> {
    const { done } = await this.#reports.next();
    if (done) throw new Error('The writer ended by itself.');
  }

  #text(): string {
    const chunk = Buffer.alloc(1 << 20);
    let text = '';
    for (;;) {
      const length = readSync(this.#file, chunk, 0, chunk.length, this.#read);
      if (length === 0) return text;
      this.#read += length;
      text += chunk.toString('latin1', 0, length);
    }
  }
}

function acknowledged(line: string): Acknowledged {
  const [stream, batch, revision, position] = line.split(' ') as [string, string, string, string];
  return { stream, batch: Number(batch), revision: Number(revision), position: BigInt(position) };
}
