import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export type Log = (message: string) => void;

/**
 * A directory that holds derived data and is thrown away when in doubt. PGlite never calls fsync: a killed process loses
 * nothing, since the kernel has its writes, but a machine that stops may leave anything behind. So while it is open the
 * directory says in which boot of the machine it was opened.
 */
export class DataDirectory {
  readonly database: string;
  private readonly marker: string;

  constructor(
    private readonly directory: string,
    private readonly log: Log,
  ) {
    this.database = join(directory, 'database');
    this.marker = join(directory, 'open');
  }

  async open(): Promise<void> {
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
    const openedIn = await readFile(this.marker, 'utf8').catch(() => undefined);
    const boot = await bootId();
    if (openedIn !== undefined && openedIn !== boot) {
      await this.clear('the machine stopped while they were open');
    }
    await writeFile(this.marker, boot ?? `unknown ${process.pid}`);
  }

  async clear(reason: string): Promise<void> {
    this.log(`read models are thrown away and built anew from the event store: ${reason}`);
    await rm(this.database, { recursive: true, force: true });
  }

  async close(): Promise<void> {
    await rm(this.marker, { force: true });
  }
}

// Only Linux says which boot this is; elsewhere every unclean end counts as a stop of the machine.
async function bootId(): Promise<string | undefined> {
  return readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => undefined);
}
