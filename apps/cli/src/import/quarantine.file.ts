import { type WriteStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { Failure } from '../failure.js';
import type { QuarantineReason } from './quarantine.reason.js';
import type { Row } from './row-source.js';

/** The rows of one run that cannot be true, with line and reason, in a CSV that is made with the first of them. */
export class QuarantineFile {
  private stream: WriteStream | undefined;
  private failure: Error | undefined;

  private constructor(
    readonly path: string,
    private readonly columns: readonly string[],
  ) {}

  /** Takes away what an earlier run left there. */
  static async at(path: string, columns: readonly string[]): Promise<QuarantineFile> {
    await rm(path, { force: true });
    return new QuarantineFile(path, columns);
  }

  async add({ line, values }: Row, reason: QuarantineReason): Promise<void> {
    if (!this.stream) {
      this.stream = createWriteStream(this.path, { mode: 0o600 }); // rows may hold names and telephone numbers
      this.stream.on('error', (error) => (this.failure = error));
      this.stream.write(csvLine(['line', 'reason', ...this.columns]));
    }
    const { stream } = this;
    await new Promise<void>((written) =>
      stream.write(csvLine([String(line), reason, ...values]), () => written()),
    );
    this.refuseFailure();
  }

  /** Resolves when it is on the disk; with its path, if there is one. */
  async close(): Promise<string | undefined> {
    if (!this.stream) return undefined;
    this.stream.end();
    await finished(this.stream).catch((error: Error) => (this.failure = error));
    this.refuseFailure();
    return this.path;
  }

  private refuseFailure(): void {
    if (!this.failure) return;
    throw new Failure(
      `Cannot write ${this.path}: ${this.failure.message}\nName another file with --quarantine and import again.`,
    );
  }
}

const csvLine = (values: readonly string[]): string => `${values.map(quoted).join(',')}\r\n`;

const quoted = (value: string): string =>
  /[",\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
