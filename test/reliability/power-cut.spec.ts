import { randomInt } from 'node:crypto';
import { powerCuts, type PowerCutFigures } from './power-cut.js';
import { inTemporaryHome } from './temporary-home.js';
import { traced } from './system-calls.js';
import type { Fault } from './variants/variant.js';
import type { Violation } from './violation.js';

const PATIENCE_MS = 5 * 60_000;
const recordable = traced('') !== undefined;
if (!recordable) process.stderr.write('\nNOT TESTED: what a power cut leaves. Install strace.\n\n');

describe('a node whose power is cut', () => {
  const seed = randomInt(1_000_000);
  const run = (fault?: Fault): Promise<PowerCutFigures> =>
    inTemporaryHome('power-cut', async (home) => {
      const figures = await powerCuts({ home, seed, appends: 120, every: 15, ...(fault && { fault }) });
      return figures!;
    });
  const where = recordable || process.env['CI'] ? it : it.skip;

  where(
    `has on disk, at every moment, whole, what it has acknowledged (seed ${seed})`,
    async () => {
      const { violations, acknowledged, points, syncs } = await run();
      expect(violations).toEqual([]);
      expect(acknowledged.appends).toBe(120);
      expect(points).toBeGreaterThan(120 / 6);
      expect(syncs).toBeGreaterThanOrEqual(120 / 6); // six appends in flight may share one
    },
    PATIENCE_MS,
  );

  const planted: [Fault, Violation['kind']][] = [
    ['never-syncs', 'lost'],
    ['answers-early', 'lost'],
    ['commits-singly', 'half-batch'],
  ];
  where.each(planted)(
    `notices a node that %s: %s (seed ${seed})`,
    async (fault, kind) => {
      const { violations } = await run(fault);
      expect(violations.map((violation) => violation.kind)).toContain(kind);
    },
    PATIENCE_MS,
  );
});
