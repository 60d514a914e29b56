import type { Violation } from './violation.js';

/** What a run of faults did and found. */
export type Figures = {
  /** How often the fault struck. */
  points: number;
  acknowledged: { appends: number; events: number };
  violations: Violation[];
  seconds: number;
  /** Acknowledged while the load lasted; where it has a pace. */
  writesPerSecond?: number;
  /** Milliseconds from being told to open the store to being open, the longest; where starts were timed. */
  slowestStart?: number;
  /** Records that stand on the topic a second time, which every reader skips: no breach. */
  repeated?: number;
};

export function count({ violations }: Figures, ...kinds: Violation['kind'][]): number {
  return violations.filter(({ kind }) => kinds.includes(kind)).length;
}
