import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export type Log = (message: string) => void;

/** Who has a directory open: the process, and in which boot of which machine. `whole`: all its files are there. */
type Opening = { boot: string; pid: number; started: string; whole: boolean };

/** Another process has it open. `message` is for whoever started this one. */
export class DirectoryInUse extends Error {
  readonly reason = 'in-use';
}

/**
 * A directory that holds derived data and is thrown away when in doubt. PGlite never calls fsync: a killed process loses
 * nothing, since the kernel has its writes, but a machine that stops may leave anything behind. So while it is open the
 * directory says by whom, in which boot of the machine, and whether its files are all there yet.
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

  /** Throws {@link DirectoryInUse} where another process lives that has it open. */
  async open(): Promise<void> {
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
    const last = await this.lastOpening();
    if (last) await this.judge(last);
    await this.mark(existsSync(this.database));
  }

  /** To be called when the database is open: from now on a process that is killed leaves it whole. */
  async opened(): Promise<void> {
    await this.mark(true);
  }

  async clear(reason: string): Promise<void> {
    this.log(`read models are thrown away and built anew from the event store: ${reason}`);
    await this.mark(false);
    await rm(this.database, { recursive: true, force: true });
  }

  async close(): Promise<void> {
    await rm(this.marker, { force: true });
  }

  private async judge(last: Partial<Opening>): Promise<void> {
    const sameBoot = last.boot === (await bootId());
    if (sameBoot && last.pid !== undefined && (await startOf(last.pid)) === last.started) {
      throw new DirectoryInUse(
        `the read models in ${this.directory} are in use by process ${last.pid}: stop it first, or choose another YIZHAN_HOME`,
      );
    }
    if (!sameBoot) await this.clear('the machine stopped while they were open');
    else if (!last.whole) await this.clear('they were broken off before their files were all there');
  }

  private async lastOpening(): Promise<Partial<Opening> | undefined> {
    const text = await readFile(this.marker, 'utf8').catch(() => undefined);
    if (text === undefined) return undefined;
    try {
      return JSON.parse(text) as Opening;
    } catch {
      return {}; // half written: whatever it was, it is in doubt
    }
  }

  private async mark(whole: boolean): Promise<void> {
    const { pid } = process;
    const opening: Opening = { boot: await bootId(), pid, started: await startOf(pid), whole };
    await writeFile(this.marker, JSON.stringify(opening));
  }
}

// Only Linux says which boot this is; elsewhere every unclean end counts as a stop of the machine.
async function bootId(): Promise<string> {
  const id = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => undefined);
  return id?.trim() ?? `unknown ${process.pid}`;
}

// When a process started, in ticks since the boot: a number that is given away again does not make it the same one.
async function startOf(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? `not running ${Math.random()}`;
}
