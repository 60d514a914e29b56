const TARGET_BYTES = 256 * 1024;
const LARGEST = 512;

/** How many rows to fetch at once: few at first, then as many as fit the target, whatever the size of the events. */
export class PageSize {
  rows = 16;

  learn(events: readonly { data: Uint8Array; metadata: Uint8Array }[]): void {
    if (events.length === 0) return;
    const bytes = events.reduce((sum, { data, metadata }) => sum + data.length + metadata.length + 100, 0);
    const fitting = Math.floor((TARGET_BYTES * events.length) / bytes);
    this.rows = Math.min(LARGEST, Math.max(1, Math.min(fitting, this.rows * 4)));
  }
}
