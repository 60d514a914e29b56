/** Says after which events a filtered subscription owes a checkpoint: every `interval`-th considered, and before `caught_up`. */
export class Checkpoints {
  #considered = 0;
  #at = 0;
  #told = 0;

  constructor(private readonly interval: number) {}

  /** Counts an event; the position to tell of, if it is time. */
  consider(position: number): number | undefined {
    this.#at = position;
    this.#considered++;
    return this.#considered >= this.interval ? this.#tell() : undefined;
  }

  /** The position to tell of at the end of the catch-up; undefined when nothing was considered since the last one. */
  caughtUp(): number | undefined {
    return this.#at > this.#told ? this.#tell() : undefined;
  }

  #tell(): number {
    this.#considered = 0;
    this.#told = this.#at;
    return this.#at;
  }
}
