import { spawnSync } from 'node:child_process';

/**
 * Keeps everybody, root and whoever has a file open already included, from writing to `files`; the returned function takes that
 * back. Undefined where this process may not do so, or the file system cannot.
 */
export function protect(files: readonly string[]): (() => void) | undefined {
  const change = (flag: '+i' | '-i'): boolean => spawnSync('chattr', [flag, ...files]).status === 0;
  const release = (): void => void change('-i');
  if (change('+i')) return release;
  release();
  return undefined;
}

/** Says aloud that something was left out for want of it; an error in CI, where nothing may be left out. */
export function withoutProtection(what: string): void {
  if (process.env['CI'] === 'true')
    throw new Error(`${what} cannot be tested: chattr +i is not permitted here.`);
  process.stderr.write(
    `\nNOT TESTED: ${what}. Files cannot be made immutable here (chattr +i takes root).\n\n`,
  );
}
