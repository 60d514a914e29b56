type Offsets = ReadonlyMap<number, bigint>;
type Look = { at: number; ends: Offsets };

/**
 * How far behind the ends of its partitions something is. What was there at a look is done once its ends are reached: so it
 * also tells the lag of what does not move at all, and of partitions that other processes have.
 */
export class PartitionLag {
  private looks: Look[] = [];
  private since: number;
  private waiting = 0n;

  constructor(now = Date.now()) {
    this.since = now;
  }

  /** `reached` must have been asked for after `ends`. Times in milliseconds. */
  look(ends: Offsets, reached: Offsets, now = Date.now()): void {
    const is = (offsets: Offsets) =>
      [...offsets].every(([partition, end]) => (reached.get(partition) ?? 0n) >= end);
    this.looks.push({ at: now, ends });
    const done = this.looks.findLastIndex((look) => is(look.ends));
    if (done >= 0) this.since = (this.looks[done] as Look).at;
    this.looks = this.looks.slice(done + 1);
    if (this.looks.length > most) this.looks = this.looks.filter((_, index) => index % 2 === 0);
    const missing = [...ends].map(([partition, end]) => end - (reached.get(partition) ?? 0n));
    this.waiting = missing.reduce((sum, count) => (count > 0n ? sum + count : sum), 0n);
  }

  get events(): number {
    return Number(this.waiting);
  }

  /** 0 when nothing waited at the last look, else the time since everything that there was had been reached. */
  seconds(now = Date.now()): number {
    return this.waiting === 0n ? 0 : Math.max(0, (now - this.since) / 1_000);
  }
}

const most = 1_000; // looks that are remembered: beyond that every other one will do
