import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for the length of one piece of work; what failed is left there to be looked at. */
export async function inTemporaryHome<T>(name: string, work: (home: string) => Promise<T>): Promise<T> {
  const home = mkdtempSync(join(tmpdir(), `yizhan-${name}-`));
  const result = await work(home);
  rmSync(home, { recursive: true, force: true });
  return result;
}
