/** One owner at a time, first come first served; whoever has the turn keeps it until it is given back. */
export class Turns<Owner extends object> {
  private owner: Owner | undefined;
  private readonly waiting: { owner: Owner; start: () => void }[] = [];

  /** Resolves when it is the owner's turn, at once when it has it already. */
  async take(owner: Owner): Promise<void> {
    if (this.owner === owner) return;
    if (!this.owner) {
      this.owner = owner;
      return;
    }
    await new Promise<void>((start) => this.waiting.push({ owner, start }));
  }

  giveBack(owner: Owner): void {
    if (this.owner !== owner) return;
    const next = this.waiting.shift();
    this.owner = next?.owner;
    next?.start();
  }

  has(owner: Owner): boolean {
    return this.owner === owner;
  }
}
