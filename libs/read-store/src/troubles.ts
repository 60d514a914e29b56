/** Partitions that are tried again and again, and since when: what lasts becomes somebody's business. */
export class Troubles {
  private readonly known = new Map<number, { since: number; reason: string }>();

  constructor(
    private readonly patience: number, // milliseconds
    private readonly now: () => number = Date.now,
  ) {}

  again(partition: number, reason: string): void {
    this.known.set(partition, { since: this.known.get(partition)?.since ?? this.now(), reason });
  }

  over(partition: number): void {
    this.known.delete(partition);
  }

  /** Those of partitions that others have now are no longer ours. */
  keep(partitions: readonly number[]): void {
    for (const partition of this.known.keys()) if (!partitions.includes(partition)) this.over(partition);
  }

  /** Partition → why, of those that have been tried again for longer than the patience. */
  get lasting(): ReadonlyMap<number, string> {
    const old = [...this.known].filter(([, { since }]) => this.now() - since >= this.patience);
    return new Map(old.map(([partition, { reason }]) => [partition, reason]));
  }
}
