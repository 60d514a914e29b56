import { once } from 'node:events';
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Cursor } from './cursor.js';
import type { Stretch } from './tail.js';

/** Milliseconds. */
export type Pace = {
  /** Between signs of life, which carry the cursor along where nothing else does. */
  heartbeat: number;
  /** A reader that takes nothing for so long is too slow. */
  patience: number;
  /** For what was written last to leave. */
  farewell: number;
};

export const usualPace: Pace = { heartbeat: 15_000, patience: 30_000, farewell: 2_000 };

/** The reader takes nothing. */
export class SlowReader extends Error {
  override readonly name = 'SlowReader';
}

/**
 * Server-sent events (HTML Living Standard, 9.2) on the raw response. What the reader has not taken yet is in the buffers of
 * the connection, at most one stretch more than they hold: whoever sends waits for room.
 */
export class EventStream {
  private readonly heart: NodeJS.Timeout;
  private told: bigint;

  constructor(
    private readonly response: ServerResponse,
    private readonly cursor: Cursor,
    /** How far the reader has come: what it has got, or need not get. */
    private position: bigint,
    private readonly pace: Pace = usualPace,
  ) {
    this.told = position;
    this.heart = setInterval(() => this.beat(), pace.heartbeat);
  }

  /** Before anything happens the reader has a cursor already: a lost connection loses nothing. */
  open(headers: OutgoingHttpHeaders): void {
    this.response.writeHead(200, {
      ...headers,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no', // nginx would collect it
      connection: 'close',
    });
    this.response.write(`retry: 1000\n${this.id(this.position)}\n`);
  }

  /** Throws {@link SlowReader}. */
  async send({ events, position }: Stretch, signal: AbortSignal): Promise<void> {
    const text = events.map((event) => this.id(event.position) + event.text).join('');
    const room = text === '' || this.response.write(text);
    this.told = events.at(-1)?.position ?? this.told;
    this.position = position;
    if (!room) await this.drained(signal);
  }

  /** The cursor of what was sent. */
  get reached(): string {
    return this.cursor.at(this.position);
  }

  /** Says why, in a comment, and ends; a reader that does not take that either is cut off. */
  close(why: string): void {
    clearInterval(this.heart);
    if (this.response.writableNeedDrain) return this.cut();
    this.response.end(`: ${why}\n\n`);
    const late = setTimeout(() => this.cut(), this.pace.farewell);
    this.response.once('close', () => clearTimeout(late));
  }

  cut(): void {
    clearInterval(this.heart);
    this.response.destroy();
  }

  // An id without data is no event, but the reader begins after it next time.
  private beat(): void {
    if (this.response.writableNeedDrain) return;
    const moved = this.position > this.told;
    this.response.write(moved ? `: alive\n${this.id(this.position)}\n` : ': alive\n\n');
    this.told = this.position;
  }

  private id(position: bigint): string {
    return `id: ${this.cursor.at(position)}\n`;
  }

  private async drained(signal: AbortSignal): Promise<void> {
    const late = AbortSignal.timeout(this.pace.patience);
    try {
      await once(this.response, 'drain', { signal: AbortSignal.any([signal, late]) });
    } catch (error) {
      if (late.aborted && !signal.aborted) throw new SlowReader('it takes nothing');
      if (!signal.aborted) throw error;
    }
  }
}
