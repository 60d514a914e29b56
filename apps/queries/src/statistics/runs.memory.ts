import { type Run, runOf } from './runs.js';

/** How long a cell's lists are, in bytes: the read store knows it before it has sent them. */
export type Lengths = { responses: number; resolutions: number };
export type Runs = { responses: Run; resolutions: Run };

type Remembered = { runs: Runs; lengths: Lengths };

const weightOf = ({ responses, resolutions }: Runs): number =>
  1 + responses.values.length + resolutions.values.length;

/**
 * The lists of cells, read once. A list only ever grows by writing behind it, so one that is as long as it was is what it was:
 * a cell of last month is parsed once in the life of the process, today's when something has happened. What was read longest
 * ago is forgotten when `most` values (8 bytes each) are exceeded; keeping what is asked for often would cost more, thousands of
 * times an answer, than reading it again.
 */
export class RunsMemory {
  private readonly cells = new Map<string, Remembered>();
  private weight = 0;

  constructor(private readonly most = 8_000_000) {}

  /** What is remembered of a cell that has not changed since. */
  of(key: string, { responses, resolutions }: Lengths): Runs | undefined {
    const found = this.cells.get(key);
    if (found?.lengths.responses !== responses || found.lengths.resolutions !== resolutions) return undefined;
    return found.runs;
  }

  read(key: string, lists: { responses: string; resolutions: string }): Runs {
    const { responses, resolutions } = lists;
    const runs = { responses: runOf(responses), resolutions: runOf(resolutions) };
    this.forget(key);
    this.cells.set(key, {
      runs,
      lengths: { responses: responses.length, resolutions: resolutions.length },
    });
    this.weight += weightOf(runs);
    for (const oldest of this.cells.keys()) {
      if (this.weight <= this.most) break;
      this.forget(oldest);
    }
    return runs;
  }

  private forget(key: string): void {
    const found = this.cells.get(key);
    if (!found) return;
    this.cells.delete(key);
    this.weight -= weightOf(found.runs);
  }
}
