/**
 * Work in flight, at most `size` pieces, begun in the order they come in. Two pieces of the same name follow each other:
 * the second begins when the first is done.
 */
export class Window {
  private readonly slots: Promise<void>[] = [];
  private readonly names = new Map<string, Promise<void>>();
  private begun = 0;
  private failed = false;
  private failure: unknown;

  constructor(private readonly size: number) {}

  /** Resolves when the piece has begun. Rejects with the first failure of any piece before it. */
  async begin(name: string, work: () => Promise<void>): Promise<void> {
    const slot = this.begun % this.size;
    await this.slots[slot];
    await this.names.get(name);
    if (this.failed) throw this.failure;
    this.begun += 1;
    const piece = work()
      .catch((error: unknown) => {
        if (!this.failed) this.failure = error;
        this.failed = true;
      })
      .finally(() => this.names.delete(name));
    this.names.set(name, piece);
    this.slots[slot] = piece;
  }

  /** Resolves when everything that was begun is done. Rejects with the first failure. */
  async end(): Promise<void> {
    await Promise.all(this.slots);
    if (this.failed) throw this.failure;
  }
}
