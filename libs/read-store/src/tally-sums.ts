import type { Increment } from '#event-sourcing';
import type { AnyProjection } from './table.sql.js';

type Sums = Record<string, number | string>;

/** Increments of a batch, added up for each key before they are written. */
export class TallySums {
  private readonly sums = new Map<string, Sums>();
  private readonly key: string[];
  private readonly nothing: [string, number | string][];

  constructor({ key, counters, lists = [] }: NonNullable<AnyProjection['tally']>) {
    this.key = Object.keys(key);
    this.nothing = [
      ...counters.map((counter: string): [string, number] => [counter, 0]),
      ...lists.map((list: string): [string, string] => [list, '']),
    ];
  }

  add(increments: Increment<object, object>[]): void {
    for (const { key, add } of increments) {
      const sum = this.of(key as Record<string, unknown>);
      // `+` adds numbers and joins texts: a column is the one or the other for good.
      for (const [column, by] of Object.entries(add as Sums))
        sum[column] = ((sum[column] ?? '') as string) + by;
    }
  }

  /** Keys with something to add, with every counter and list; in one order for everybody, so that two writers never deadlock. */
  changed(): object[] {
    return [...this.sums]
      .filter(([, sum]) => this.nothing.some(([column, none]) => sum[column] !== none))
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([, sum]) => sum);
  }

  private of(key: Record<string, unknown>): Sums {
    const name = JSON.stringify(this.key.map((column) => key[column]));
    let sum = this.sums.get(name);
    if (!sum) {
      sum = Object.fromEntries(this.nothing);
      Object.assign(sum, key);
      this.sums.set(name, sum);
    }
    return sum;
  }
}
