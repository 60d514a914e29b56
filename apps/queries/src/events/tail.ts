import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { EventStore } from '#event-store';
import { publishedStreams } from '#public-events';
import { Bell } from './bell.js';
import { type Published, Publishing } from './publishing.js';

/** Events in order, and how far they reach in the log: what is not among them up to there is of no interest. */
export type Stretch = { events: Published[]; position: bigint };

const kept = 1_024; // events, at least
const longestPause = 10_000; // milliseconds

/**
 * The last events, by one subscription for all who follow: whoever keeps up costs the event store nothing. Opened by the
 * first of them, kept until the end of the process.
 */
@Injectable()
export class Tail {
  private readonly logger = new Logger('Events');
  private readonly bell = new Bell();
  private readonly stopping = new AbortController();
  private opening: Promise<void> | undefined;
  private events: Published[] = [];
  /** All that came after this position is here. */
  floor = -1n;
  head = -1n;

  constructor(
    private readonly store: EventStore,
    private readonly publishing: Publishing,
  ) {}

  /** Throws where the event store cannot be asked; the next one tries again. */
  open(): Promise<void> {
    this.opening ??= this.begin().catch((error: unknown) => {
      this.opening = undefined;
      throw error;
    });
    return this.opening;
  }

  /** What came after a position that is not below the floor, at most so many; undefined when nothing did yet. */
  after(position: bigint, limit: number): Stretch | undefined {
    if (position >= this.head) return undefined;
    const from = this.indexAfter(position);
    const events = this.events.slice(from, from + limit);
    const all = from + events.length === this.events.length;
    return { events, position: all ? this.head : (events.at(-1) as Published).position };
  }

  /** Until something came, or the abort. */
  wait(signal: AbortSignal): Promise<void> {
    return this.bell.wait(signal);
  }

  stop(): void {
    this.stopping.abort();
  }

  private async begin(): Promise<void> {
    const head = await this.store.head();
    this.floor = this.head = head?.position ?? -1n;
    void this.keepUp();
  }

  private async keepUp(): Promise<void> {
    const { signal } = this.stopping;
    for (let pause = 100; !signal.aborted; pause = Math.min(longestPause, pause * 2)) {
      const before = this.head;
      try {
        await this.subscribe(signal);
      } catch (error) {
        if (this.head > before) pause = 100;
        this.logger.error(`nobody gets new events; trying again in ${pause} ms: ${sentence(error)}`);
      }
      await sleep(pause, undefined, { signal }).catch(() => {});
    }
  }

  private async subscribe(signal: AbortSignal): Promise<void> {
    const after = this.head < 0n ? undefined : this.head;
    for await (const delivery of this.store.subscribe({ after, streams: publishedStreams, signal })) {
      if (delivery.kind === 'event') this.add(await this.publishing.publish(delivery.event));
      else if (delivery.kind === 'checkpoint') this.reach(delivery.position);
    }
  }

  private add(event: Published): void {
    this.events.push(event);
    if (this.events.length >= 2 * kept) this.floor = this.events.splice(0, kept).at(-1)?.position as bigint;
    this.reach(event.position);
  }

  private reach(position: bigint): void {
    if (position <= this.head) return;
    this.head = position;
    this.bell.ring();
  }

  private indexAfter(position: bigint): number {
    let [low, high] = [0, this.events.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.events[middle] as Published).position > position) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

const sentence = (error: unknown): string => (error instanceof Error ? error.message : String(error));
