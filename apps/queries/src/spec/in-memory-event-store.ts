import { InMemoryStreams } from '#event-sourcing';
import type { Appended, EventToAppend, ExpectedRevision } from '#event-sourcing';
import { InMemoryFeed } from '#read-store';

/** Streams and subscription over the same events, in memory. */
export class InMemoryEventStore extends InMemoryStreams {
  private readonly feed = new InMemoryFeed(this.all);
  readonly subscribe = this.feed.subscribe.bind(this.feed);
  readonly break = this.feed.break.bind(this.feed);

  /** How often somebody subscribed. */
  get subscriptions(): number {
    return this.feed.subscriptions;
  }

  async head(): Promise<{ position: bigint; recordedAt: string } | undefined> {
    return this.all.at(-1);
  }

  override async append(
    stream: string,
    expected: ExpectedRevision,
    events: EventToAppend[],
  ): Promise<Appended> {
    const appended = await super.append(stream, expected, events);
    this.feed.add();
    return appended;
  }
}
