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

  // Where nothing is synced, whole commits may stand behind a hole: such a store is refused.
  const planted: [Fault, Violation['kind'][]][] = [
    ['never-syncs', ['lost', 'unopened']],
    ['answers-early', ['lost']],
    ['commits-singly', ['half-batch']],
  ];
  where.each(planted)(
    `notices a node that %s: %j (seed ${seed})`,
    async (fault, kinds) => {
      const { violations } = await run(fault);
      expect(kinds).toContain(violations.find(({ kind }) => kinds.includes(kind))?.kind);
    },
    PATIENCE_MS,
  );
});
