import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { atExit } from '../processes/at-exit.js';
import { compiled } from './compiled.js';
import type { Variant } from './variants/variant.js';

/** What the child says, one JSON object a line. */
export type NodeReport =
  { kind: 'ready' } | { kind: 'started'; url: string } | { kind: 'failed'; message: string };

export type NodeLaunch = {
  /** Replaces the log in this process alone: see ../processes/variant.hook.ts. */
  variant?: Variant | undefined;
  /** A command with arguments to run the process under. */
  under?: string[];
};

/** The embedded node in a process of its own. It starts loading at once and opens a store when told. */
export class NodeProcess {
  readonly #child: ChildProcess;
  readonly #reports: AsyncIterator<string>;
  readonly #exited: Promise<unknown>;
  #errors = '';

  constructor({ variant, under = [] }: NodeLaunch = {}) {
    const hook = variant ? ['--import', compiled('../processes/variant.hook.js').href] : [];
    const [command, ...rest] = [...under, process.execPath, ...hook, compiled('node.child.js').pathname];
    this.#child = spawn(command!, rest, {
      env: { ...process.env, ...(variant && inPlaceOfTheLog(variant)) },
    });
    this.#exited = once(this.#child, 'exit').finally(atExit(() => this.#child.kill('SIGKILL')));
    this.#child.stdin?.on('error', () => undefined); // it was killed before it read
    this.#child.stderr?.on('data', (text) => (this.#errors += text));
    this.#reports = createInterface({ input: this.#child.stdout! })[Symbol.asyncIterator]();
  }

  /** Resolves when everything is loaded. */
  async ready(): Promise<void> {
    await this.#report('ready');
  }

  /** Opens the store; resolves to its connection string. Throws an Error with the node's own words when it does not start. */
  async open(directory: string): Promise<string> {
    this.begin(directory);
    const report = await this.#report('started');
    return report.url;
  }

  /** Opens the store without waiting for it. */
  begin(directory: string): void {
    this.#child.stdin?.write(`${directory}\n`);
  }

  /** SIGKILL; resolves when the process is gone. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exited;
  }

  /** Closes the store in good order; the process ends then. */
  async close(): Promise<void> {
    this.#child.stdin?.end();
    await this.#exited;
  }

  async #report<K extends NodeReport['kind']>(kind: K): Promise<Extract<NodeReport, { kind: K }>> {
    const line = await this.#reports.next();
    if (line.done) throw new Error(`The node's process ended: ${this.#errors || 'it said nothing'}`);
    const report = JSON.parse(line.value) as NodeReport;
    if (report.kind === 'failed') throw new Error(report.message);
    if (report.kind !== kind) throw new Error(`The node said ${line.value} where ${kind} was due.`);
    return report as Extract<NodeReport, { kind: K }>;
  }
}

const inPlaceOfTheLog = (variant: Variant) => ({
  VARIANT: compiled(`variants/${variant}.log.js`).href,
  VARIANT_OF: '/libs/embedded-event-store/src/log.js',
});
