import type { OutgoingHttpHeaders } from 'node:http';
import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Problem } from '#problems';
import type { Cursor } from './cursor.js';
import { EventStream, SlowReader } from './event-stream.js';
import { cutOff, openStreams, sentEvents } from './events.metrics.js';
import { PublicLog } from './public-log.js';
import { type Selection, selects } from './selection.js';
import { Tail } from './tail.js';

const most = 1_000; // streams of one process
const longest = 2 ** 31 - 1; // milliseconds a timer can wait, some 24 days

export type Following = {
  selection: Selection;
  cursor: Cursor;
  after: bigint;
  /** When the token ends (ms since 1970). */
  until: number;
};

type Why = 'expired' | 'stopping' | 'gone';

const farewells: Readonly<Record<Exclude<Why, 'gone'>, string>> = {
  expired: 'the token has expired: come back with a new one',
  stopping: 'the server stops: come back',
};

/** Everybody who follows. The streams end before the server does: it waits for what is under way. */
@Injectable()
export class EventStreams implements BeforeApplicationShutdown {
  private readonly logger = new Logger('Events');
  private readonly leaving = new Set<(why: Why) => void>();
  private stopping = false;

  constructor(
    private readonly log: PublicLog,
    private readonly tail: Tail,
  ) {}

  /** Resolves when the stream has ended. Throws the problem `unavailable` while there is no room for another one. */
  async serve(reply: FastifyReply, following: Following): Promise<void> {
    if (this.stopping || this.leaving.size >= most) throw new Problem('unavailable');
    const headers = reply.getHeaders() as OutgoingHttpHeaders;
    const response = reply.hijack().raw;
    const abort = new AbortController();
    const leave = (why: Why) => abort.abort(why);
    const expiry = setTimeout(leave, Math.min(following.until - Date.now(), longest), 'expired');
    response.once('close', () => leave('gone'));
    response.on('error', () => leave('gone'));
    this.leaving.add(leave);
    openStreams.inc();
    try {
      const stream = new EventStream(response, following.cursor, following.after);
      stream.open(headers);
      await this.run(stream, following, abort.signal);
    } finally {
      clearTimeout(expiry);
      this.leaving.delete(leave);
      openStreams.dec();
    }
  }

  beforeApplicationShutdown(): void {
    this.stopping = true;
    for (const leave of this.leaving) leave('stopping');
    this.tail.stop();
  }

  private async run(
    stream: EventStream,
    { selection, after }: Following,
    signal: AbortSignal,
  ): Promise<void> {
    try {
      for await (const { events, position } of this.log.follow(after, signal)) {
        const wanted = events.filter((event) => selects(selection, event));
        await stream.send({ events: wanted, position }, signal);
        sentEvents.inc(wanted.length);
        if (signal.aborted) break;
      }
      const why = signal.reason as Why;
      if (why === 'expired') cutOff.inc({ why });
      if (why === 'gone') stream.cut();
      else stream.close(farewells[why]);
    } catch (error) {
      const why = error instanceof SlowReader ? 'slow' : 'failed';
      cutOff.inc({ why });
      stream.cut();
      const { subject } = selection.principal;
      const what = `${why === 'slow' ? 'too slow' : 'failed'} at ${stream.reached}: ${sentence(error)}`;
      this.logger.warn(`cut off the subscriber ${subject}, ${what}`);
    }
  }
}

const sentence = (error: unknown): string => (error instanceof Error ? error.message : String(error));
