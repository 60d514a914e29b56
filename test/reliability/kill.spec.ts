import { randomInt } from 'node:crypto';
import { killRun, type KillFigures } from './kill-run.js';
import { inTemporaryHome } from './temporary-home.js';
import type { Fault } from './variants/variant.js';
import type { Violation } from './violation.js';

const POINTS = 200;
const PATIENCE_MS = 15 * 60_000; // about a minute on two idle cores

describe('a node that is killed again and again under load', () => {
  const seed = randomInt(1_000_000);

  function kill(points: number, fault?: Fault): Promise<KillFigures> {
    return inTemporaryHome('kill', (home) => killRun({ points, home, seed, ...(fault && { fault }) }));
  }

  it(
    `has every acknowledged append, whole, in order and once (${POINTS} kills, seed ${seed})`,
    async () => {
      const { violations, points, kills, unheard, acknowledged } = await kill(POINTS);
      expect(violations).toEqual([]);
      expect(points).toBe(POINTS);
      // It went where it hurts: work was under way, there were retries, and every kind of moment was hit.
      expect(acknowledged.appends).toBeGreaterThan(POINTS);
      expect(unheard).toBeGreaterThan(0);
      expect(Object.entries(kills).filter(([, count]) => count === 0)).toEqual([]);
    },
    PATIENCE_MS,
  );

  // The same run against nodes with a planted fault: it would not notice otherwise.
  const planted: [Fault, string, Violation['kind'][]][] = [
    ['answers-early', 'acknowledged appends are lost', ['lost']],
    ['commits-singly', 'half of a batch stays', ['half-batch']],
    ['repairs-silently', 'the newest event goes', ['lost', 'moved', 'half-batch']],
    ['forgets-ids', 'retries are written twice', ['doubled']],
  ];
  it.each(planted)(
    `notices a node that %s: %s (seed ${seed})`,
    async (fault, _, kinds) => {
      const { violations } = await kill(POINTS, fault);
      expect(violations.filter(({ kind }) => kinds.includes(kind))).not.toEqual([]);
    },
    PATIENCE_MS,
  );
});
