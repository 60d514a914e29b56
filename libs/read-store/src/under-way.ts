/** Work that goes on side by side, up to a number of pieces; those of one key one after the other. */
export class UnderWay<Key> {
  private readonly pieces = new Map<Key, Promise<void>>();
  private failure: { error: unknown } | undefined;

  constructor(private readonly most: number) {}

  /** Resolves when the piece has begun. Rejects with the first failure of any; nothing is begun after it. */
  async begin(key: Key, work: () => Promise<void>): Promise<void> {
    await this.pieces.get(key);
    while (this.pieces.size >= this.most) await Promise.race(this.pieces.values());
    this.rethrow();
    this.pieces.set(key, this.run(key, work));
  }

  /** Resolves when all are done. Rejects with the first failure of any. */
  async over(): Promise<void> {
    await Promise.all(this.pieces.values());
    this.rethrow();
  }

  private async run(key: Key, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.failure ??= { error };
    } finally {
      this.pieces.delete(key);
    }
  }

  private rethrow(): void {
    if (this.failure) throw this.failure.error;
  }
}
