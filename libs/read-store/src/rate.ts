const window = 10_000; // milliseconds

/** How many a second, over the last ten seconds. */
export class Rate {
  private counted: { at: number; count: number }[] = [];

  constructor(private readonly now: () => number = Date.now) {}

  add(count: number): void {
    if (count > 0) this.counted.push({ at: this.now(), count });
    this.forget();
  }

  get perSecond(): number {
    this.forget();
    const total = this.counted.reduce((sum, { count }) => sum + count, 0);
    return total === 0 ? 0 : Math.round((total * 1000) / window);
  }

  private forget(): void {
    const from = this.now() - window;
    const kept = this.counted.findIndex(({ at }) => at > from);
    this.counted = kept < 0 ? [] : this.counted.slice(kept);
  }
}
