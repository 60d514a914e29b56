import { type Run, runOf } from './runs.js';

/** A cell's lists, as the read store knows them before it has sent them. */
export type Known = { key: string; responses: number; resolutions: number };
export type Runs = { responses: Run; resolutions: Run };

type Remembered = Runs & { lengths: string };

const lengthsOf = ({ responses, resolutions }: Omit<Known, 'key'>): string => `${responses} ${resolutions}`;
const weightOf = ({ responses, resolutions }: Runs): number =>
  1 + responses.values.length + resolutions.values.length;

/**
 * The lists of cells, read once. A list only ever grows by writing behind it, so one that is as long as it was is what it was:
 * a cell of last month is parsed once in the life of the process, today's when something has happened. What was asked for
 * longest ago is forgotten when `most` values (8 bytes each) are exceeded.
 */
export class RunsMemory {
  private readonly cells = new Map<string, Remembered>();
  private weight = 0;

  constructor(private readonly most = 8_000_000) {}

  /** What is remembered of a cell that has not changed since. */
  of(cell: Known): Runs | undefined {
    const found = this.cells.get(cell.key);
    if (found?.lengths !== lengthsOf(cell)) return undefined;
    this.cells.delete(cell.key);
    this.cells.set(cell.key, found);
    return found;
  }

  read(key: string, lists: { responses: string; resolutions: string }): Runs {
    const { responses, resolutions } = lists;
    const lengths = lengthsOf({ responses: responses.length, resolutions: resolutions.length });
    const read = { lengths, responses: runOf(responses), resolutions: runOf(resolutions) };
    this.forget(key);
    this.cells.set(key, read);
    this.weight += weightOf(read);
    for (const oldest of this.cells.keys()) {
      if (this.weight <= this.most) break;
      this.forget(oldest);
    }
    return read;
  }

  private forget(key: string): void {
    const found = this.cells.get(key);
    if (!found) return;
    this.cells.delete(key);
    this.weight -= weightOf(found);
  }
}
