import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a running station tells other processes on the same machine; kept in `station.json` while it runs. */
export type RunningStation = { pid: number; url: string; eventStoreUrl: string };

const fileOf = (home: string): string => join(home, 'station.json');

/** The station that runs on this home, if one does; a file left behind by a crash counts as none. */
export async function findRunningStation(home: string): Promise<RunningStation | undefined> {
  try {
    const station = JSON.parse(await readFile(fileOf(home), 'utf8')) as RunningStation | null;
    return station && isAlive(station.pid) ? station : undefined;
  } catch (error) {
    if (isMissing(error) || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Says that this process runs the station; returns what takes it back. */
export async function announceStation(home: string, station: RunningStation): Promise<() => Promise<void>> {
  const file = fileOf(home);
  const draft = `${file}.${station.pid}`;
  await writeFile(draft, `${JSON.stringify(station, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, file); // readers see the whole file or none
  return async () => {
    const announced = await findRunningStation(home);
    if (!announced || announced.pid === station.pid) await rm(file, { force: true });
  };
}

// Signal 0 to 0 or a negative number asks for groups of processes, of which there always is one.
function isAlive(pid: unknown): boolean {
  if (!Number.isInteger(pid) || Number(pid) <= 0) return false;
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';
