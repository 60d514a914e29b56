import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file system of a few megabytes, part of which something else holds. */
export type SmallDisk = {
  /** Lets go of what the something else holds. */
  makeRoom: () => void;
  unmount: () => void;
};

/** Mounts it at `folder`; undefined where this process may not mount. */
export function mountSmallDisk(
  folder: string,
  megabytes: { all: number; held: number },
): SmallDisk | undefined {
  mkdirSync(folder, { recursive: true });
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes.all}m`, 'tmpfs', folder]);
  if (mounted.status !== 0) return undefined;
  const held = join(folder, 'held-by-something-else');
  writeFileSync(held, Buffer.alloc(megabytes.held * 1024 * 1024));
  return {
    makeRoom: () => rmSync(held),
    unmount: () => void spawnSync('umount', ['--lazy', folder]),
  };
}
