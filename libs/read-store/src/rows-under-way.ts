export type Row = Record<string, unknown>;

/** What a row was, and the position that ended it. */
export type PastRow = Row & { until: string };

/** The rows that a batch touches, while its events are folded over them. */
export class RowsUnderWay {
  private readonly now: Map<string, Row>;
  readonly past: PastRow[] = [];

  constructor(
    private readonly stored: ReadonlyMap<string, Row>,
    private readonly keepsPast: boolean,
  ) {
    this.now = new Map(stored);
  }

  at(key: string): Row | undefined {
    return this.now.get(key);
  }

  /** `undefined` takes the row away. */
  become(key: string, row: Row | undefined, position: bigint): void {
    const before = this.now.get(key);
    if (before && this.keepsPast) this.past.push({ ...before, until: position.toString() });
    if (row) this.now.set(key, row);
    else this.now.delete(key);
  }

  written(): Row[] {
    return [...this.now].filter(([key, row]) => this.stored.get(key) !== row).map(([, row]) => row);
  }

  /** Keys of rows that are stored and are no more. */
  removed(): string[] {
    return [...this.stored.keys()].filter((key) => !this.now.has(key));
  }
}
