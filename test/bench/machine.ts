import { cpus, totalmem } from 'node:os';
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { median } from './quantiles.js';

/** One line on what the figures were measured on. */
export function machine(): string {
  const [first] = cpus();
  const gibibytes = (totalmem() / 2 ** 30).toFixed(0);
  return `${cpus().length} cores (${first?.model.trim() ?? 'unknown'}), ${gibibytes} GiB, ${process.platform}/${process.arch}, Node ${process.version}`;
}

/** Median milliseconds that the disk below `folder` takes to make 4 KiB durable. */
export function fsyncMilliseconds(folder: string, times = 200): number {
  const scratch = mkdtempSync(join(folder, 'fsync-'));
  const file = openSync(join(scratch, 'probe'), 'w');
  const page = Buffer.alloc(4096, 1);
  const taken: number[] = [];
  for (let time = 0; time < times; time += 1) {
    writeSync(file, page);
    const start = performance.now();
    fsyncSync(file);
    taken.push(performance.now() - start);
  }
  closeSync(file);
  rmSync(scratch, { recursive: true });
  return median(taken);
}
