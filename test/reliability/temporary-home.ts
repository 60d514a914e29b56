import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for the length of one piece of work. It stays, to be looked at, when the work throws or `keep` says so. */
export async function inTemporaryHome<T>(
  name: string,
  work: (home: string) => Promise<T>,
  keep: (result: T, home: string) => boolean = () => false,
): Promise<T> {
  const home = mkdtempSync(join(tmpdir(), `yizhan-${name}-`));
  const result = await work(home);
  if (!keep(result, home)) rmSync(home, { recursive: true, force: true });
  return result;
}
