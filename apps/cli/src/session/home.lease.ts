import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../failure.js';

type Holder = { pid: number; command: string };

const fileOf = (home: string): string => join(home, 'cli.json');

/**
 * A command that starts a station of its own says so, because that station ends with the command: another command must not
 * lean on it. Throws {@link Failure} while another one holds the home.
 */
export async function refuseHeld(home: string): Promise<void> {
  const holder = await holderOf(home);
  if (!holder || holder.pid === process.pid) return;
  throw new Failure(
    `Another command (yizhan ${holder.command}, process ${holder.pid}) is at work on ${home} with a station of its own.\n` +
      'Wait until it is done; with a station running (npm start) any number of commands work at once.',
  );
}

/** Takes the home for this command; returns what gives it back. */
export async function takeLease(home: string, command: string): Promise<() => Promise<void>> {
  await mkdir(home, { recursive: true, mode: 0o700 });
  await refuseHeld(home);
  await rm(fileOf(home), { force: true }); // left behind by a command that was killed
  const holder: Holder = { pid: process.pid, command };
  await writeFile(fileOf(home), `${JSON.stringify(holder)}\n`, { flag: 'wx', mode: 0o600 }).catch(
    async () => {
      await refuseHeld(home); // somebody else was quicker
    },
  );
  return () => rm(fileOf(home), { force: true });
}

async function holderOf(home: string): Promise<Holder | undefined> {
  try {
    const holder = JSON.parse(await readFile(fileOf(home), 'utf8')) as Holder;
    process.kill(holder.pid, 0);
    return holder;
  } catch {
    return undefined; // no file, half a file, or a process that is gone
  }
}
