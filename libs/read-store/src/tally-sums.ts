import type { Increment } from '#event-sourcing';

type Counters = Record<string, number>;

/** Increments of a batch, added up for each key before they are written. */
export class TallySums {
  private readonly sums = new Map<string, Counters & object>();

  constructor(
    private readonly key: string[],
    private readonly counters: string[],
  ) {}

  add(increments: Increment<object, object>[]): void {
    for (const { key, add } of increments) {
      const sum = this.of(key as Record<string, unknown>);
      for (const [counter, by] of Object.entries(add as Counters)) sum[counter] = (sum[counter] ?? 0) + by;
    }
  }

  /** Keys whose counters changed, with every counter; in one order for everybody, so that two writers never deadlock. */
  changed(): object[] {
    return [...this.sums]
      .filter(([, sum]) => this.counters.some((counter) => sum[counter] !== 0))
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([, sum]) => sum);
  }

  private of(key: Record<string, unknown>): Counters {
    const name = JSON.stringify(this.key.map((column) => key[column]));
    let sum = this.sums.get(name);
    if (!sum) {
      sum = Object.fromEntries(this.counters.map((counter) => [counter, 0]));
      Object.assign(sum, key);
      this.sums.set(name, sum);
    }
    return sum;
  }
}
