import { statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

export type KillPoint = 'under load' | 'while starting' | 'during a checkpoint' | 'while closing';

/** Repeatable chance: the same seed gives the same numbers from 0 to 1 (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function pickPoint(random: () => number): KillPoint {
  const at = random();
  if (at < 0.2) return 'while starting';
  if (at < 0.35) return 'while closing';
  return at < 0.65 ? 'during a checkpoint' : 'under load';
}

/**
 * Waits until SQLite copies its log into `file`, which nothing else writes; false when `patience` milliseconds pass without it.
 * Polled, because a checkpoint lasts some milliseconds only and file events come late.
 */
export async function checkpointBegins(file: string, patience: number): Promise<boolean> {
  const changed = (): bigint => statSync(file, { bigint: true }).mtimeNs;
  const before = changed();
  for (const start = performance.now(); performance.now() - start < patience; await pause(1)) {
    if (changed() !== before) return true;
  }
  return false;
}
