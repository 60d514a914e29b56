/** How much to read at once: so many rows at most, and none more once they have so many bytes. */
export type Limit = { rows: number; bytes: number };
/** The next event alone. */
export const ONE: Limit = { rows: 1, bytes: 0 };

const LARGEST = 512;

/** How much to fetch at once: few rows at first, for who reads only those, then more, and no more bytes than leave at a time. */
export class PageSize implements Limit {
  rows = 16;
  readonly bytes = 256 * 1024;

  grow(): void {
    this.rows = Math.min(LARGEST, this.rows * 4);
  }
}
