import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { compiled } from './compiled.js';

export type WriterOrder = { kind: 'write'; url: string } | { kind: 'rest' };

export type Acknowledged = { stream: string; batch: number; revision: number; position: bigint };

/** Writer of a run, in a process of its own that outlives the nodes it writes to. */
export class WriterProcess {
  readonly #child: ChildProcess;
  readonly #reports: AsyncIterator<string>;
  readonly #file: number;
  #read = 0;
  /** What the client said when a node was lost, and how often. */
  readonly errors = new Map<string, number>();

  constructor(run: string, streams: number, acknowledgements: string) {
    const script = compiled('writer.child.js').pathname;
    this.#child = spawn(process.execPath, [script, run, String(streams), acknowledgements], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#reports = createInterface({ input: this.#child.stdout! })[Symbol.asyncIterator]();
    closeSync(openSync(acknowledgements, 'a'));
    this.#file = openSync(acknowledgements, 'r');
  }

  write(url: string): void {
    this.#order({ kind: 'write', url });
  }

  /** Sends nothing more and waits for what is in flight. */
  async rest(): Promise<void> {
    this.#order({ kind: 'rest' });
    await this.over();
  }

  /** Resolves when the writer has lost its node and everything it heard from it is in the file. */
  async over(): Promise<void> {
    const { done } = await this.#reports.next();
    if (done) throw new Error('The writer ended by itself.');
  }

  /** What was acknowledged since the last call. */
  news(): Acknowledged[] {
    const text = this.#text();
    const news: Acknowledged[] = [];
    for (const line of text.split('\n').slice(0, -1)) {
      const [kind, ...words] = line.split(' ');
      if (kind === 'A') news.push(acknowledged(words));
      else this.errors.set(line.slice(2), (this.errors.get(line.slice(2)) ?? 0) + 1);
    }
    return news;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill('SIGKILL');
    closeSync(this.#file);
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

  #order(order: WriterOrder): void {
    this.#child.stdin?.write(`${JSON.stringify(order)}\n`);
  }
}

function acknowledged([stream, batch, revision, position]: string[]): Acknowledged {
  return {
    stream: stream!,
    batch: Number(batch),
    revision: Number(revision),
    position: BigInt(position!),
  };
}
