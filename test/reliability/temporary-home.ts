import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atExit } from '../processes/at-exit.js';

/** A folder for the length of one piece of work. It stays, to be looked at, when the work throws or `keep` says so. */
export async function inTemporaryHome<T>(
  name: string,
  work: (home: string) => Promise<T>,
  keep: (result: T, home: string) => boolean = () => false,
): Promise<T> {
  const home = mkdtempSync(join(tmpdir(), `yizhan-${name}-`));
  const remove = () => rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  const forget = atExit(remove); // nothing to be looked at in what was broken off
  try {
    const result = await work(home);
    if (!keep(result, home)) remove();
    return result;
  } finally {
    forget();
  }
}
