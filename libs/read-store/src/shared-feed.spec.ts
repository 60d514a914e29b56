import * as fc from 'fast-check';
import type { Recorded } from '#event-sourcing';
import type { Delivery, Feed, SubscriptionOptions } from '#event-store';
import { InMemoryFeed } from './in-memory-feed.js';
import { SharedFeed } from './shared-feed.js';
import { recorded } from './spec/shelf.projection.js';

const streams = ['book-'];
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
const turns = async (count = 20) => {
  for (let taken = 0; taken < count; taken += 1) await turn();
};

let last = 0;
const stored = (stream = 'book-a'): Recorded => {
  last += 1;
  return { ...recorded(last, 'a', { type: 'BookGone', data: {} }), stream };
};

/** Reads until it is left, and again from where it stopped when the subscription breaks, as a projection does. */
class Reader {
  readonly events: Recorded[] = [];
  readonly failures: unknown[] = [];
  readonly kinds: Delivery['kind'][] = [];
  readonly positions: bigint[] = [];
  private readonly leaving = new AbortController();
  private paused: Promise<void> | undefined;
  private resume: () => void = () => {};
  private readonly done: Promise<void>;

  constructor(
    private readonly feed: SharedFeed,
    private after: bigint | undefined = undefined,
  ) {
    this.done = this.read();
  }

  pause(): void {
    this.paused ??= new Promise((resume) => (this.resume = resume));
  }

  goOn(): void {
    this.paused = undefined;
    this.resume();
  }

  async leave(): Promise<void> {
    this.leaving.abort();
    this.goOn();
    await this.done;
  }

  private async read(): Promise<void> {
    const { signal } = this.leaving;
    while (!signal.aborted) {
      try {
        for await (const delivery of this.feed.subscribe({ after: this.after, streams, signal })) {
          this.kinds.push(delivery.kind);
          if (delivery.kind === 'event') this.events.push(delivery.event);
          this.after = delivery.kind === 'event' ? delivery.event.position : this.after;
          if (delivery.kind === 'checkpoint') this.after = delivery.position;
          if (this.after !== undefined) this.positions.push(this.after);
          await this.paused;
        }
      } catch (failure) {
        this.failures.push(failure);
      }
    }
  }
}

describe('a shared feed', () => {
  it('reads each new event once, however many have caught up, and hands all of them the same one', async () => {
    const log = new InMemoryFeed([stored(), stored()]);
    const feed = new SharedFeed(log);
    const readers = [new Reader(feed), new Reader(feed), new Reader(feed)];
    await turns();
    expect(log.subscriptions).toBe(readers.length + 1);
    expect(log.open).toBe(1);
    log.add(stored());
    await turns();
    const [one, ...others] = readers.map(({ events }) => events);
    expect(one).toHaveLength(3);
    for (const other of others) {
      expect(other).toHaveLength(3);
      expect(other?.[2]).toBe(one?.[2]);
    }
    await Promise.all(readers.map((reader) => reader.leave()));
  });

  it('ends its subscription when the last has left', async () => {
    const log = new InMemoryFeed([stored()]);
    const feed = new SharedFeed(log);
    const [one, other] = [new Reader(feed), new Reader(feed)];
    await turns();
    await one.leave();
    await turns();
    expect(log.open).toBe(1);
    await other.leave();
    await turns();
    expect(log.open).toBe(0);
  });

  it('lets the others go on when one takes nothing, and that one misses nothing', async () => {
    const log = new InMemoryFeed([stored()]);
    const feed = new SharedFeed(log);
    const [slow, fast] = [new Reader(feed), new Reader(feed)];
    await turns();
    slow.pause();
    for (let hundreds = 0; hundreds < 100; hundreds += 1) {
      log.add(...Array.from({ length: 100 }, () => stored()));
      await turns(200);
    }
    expect(fast.events).toHaveLength(10_001);
    expect(slow.events.length).toBeLessThan(10);
    expect(log.subscriptions).toBe(3);
    slow.goOn();
    await turns(12_000);
    expect(slow.events).toEqual(fast.events);
    // What it left waiting was too much to keep: it has read the rest by itself.
    expect(log.subscriptions).toBe(4);
    expect(slow.failures).toEqual([]);
    await Promise.all([slow.leave(), fast.leave()]);
  });

  it('tells everybody when it breaks', async () => {
    const log = new InMemoryFeed([stored()]);
    const feed = new SharedFeed(log);
    const readers = [new Reader(feed), new Reader(feed)];
    await turns();
    log.break(new Error('connection lost'));
    await turns();
    expect(readers.map(({ failures }) => failures)).toEqual([
      [new Error('connection lost')],
      [new Error('connection lost')],
    ]);
    log.add(stored());
    await turns();
    for (const { events } of readers) expect(events).toEqual(log.events);
    await Promise.all(readers.map((reader) => reader.leave()));
  });

  it('refuses those who want other streams', async () => {
    const log = new InMemoryFeed([stored()]);
    const feed = new SharedFeed(log);
    const reader = new Reader(feed);
    await turns();
    const { signal } = new AbortController();
    const stranger = async () => {
      for await (const delivery of feed.subscribe({ streams: ['cup-'], signal })) await delivery;
    };
    await expect(stranger()).rejects.toThrow('the same streams');
    await reader.leave();
  });

  it('brings everybody every event once and in order, whoever comes, goes, rests, or breaks it when', async () => {
    const what = fc.constantFrom(...(Object.keys(happenings) as (keyof typeof happenings)[]));
    const story = fc.array(fc.tuple(what, fc.nat(9)), { maxLength: 40 });
    const lateness = fc.array(fc.nat(5), { minLength: 1, maxLength: 5 });
    await fc.assert(fc.asyncProperty(story, lateness, tell), { numRuns: 300 });
  });
});

/** Some subscriptions are slower than others: each is so many turns late. */
class LateFeed implements Feed {
  private begun = 0;

  constructor(
    private readonly feed: Feed,
    private readonly lateness: number[],
  ) {}

  async *subscribe(options: SubscriptionOptions): AsyncGenerator<Delivery> {
    const late = this.lateness[this.begun % this.lateness.length] ?? 0;
    this.begun += 1;
    for await (const delivery of this.feed.subscribe(options)) {
      await turns(late);
      if (options.signal.aborted) return;
      yield delivery;
    }
  }
}

type Scene = { log: InMemoryFeed; feed: SharedFeed; from: bigint; here: Reader[] };

const some = ({ here }: Scene, number: number) => here[number % here.length];

const happenings = {
  store: ({ log }: Scene, number: number) => log.add(...Array.from({ length: number + 1 }, () => stored())),
  foreign: ({ log }: Scene) => log.add(stored('cup-a')),
  join: ({ here, feed, from }: Scene) => void here.push(new Reader(feed, from)),
  leave: ({ here }: Scene) => (here.length > 1 ? here.shift()?.leave() : undefined),
  pause: (scene: Scene, number: number) => some(scene, number)?.pause(),
  goOn: (scene: Scene, number: number) => some(scene, number)?.goOn(),
  break: ({ log }: Scene) => log.break(new Error('connection lost')),
  nothing: () => {},
};

async function tell(story: [keyof typeof happenings, number][], lateness: number[]): Promise<void> {
  const first = stored();
  const log = new InMemoryFeed([first]);
  const feed = new SharedFeed(new LateFeed(log, lateness));
  const from = first.position;
  const scene: Scene = { log, feed, from, here: [new Reader(feed, from)] };
  for (const [what, number] of story) {
    await happenings[what](scene, number);
    await turns(number);
  }
  log.add(stored());
  for (const reader of scene.here) reader.goOn();
  await turns(6 * log.events.length + 100);
  const ours = log.events.slice(1).filter(({ stream }) => stream === 'book-a');
  for (const { events, positions } of scene.here) {
    expect(events.map(({ id }) => id)).toEqual(ours.map(({ id }) => id));
    expect(positions).toEqual([...positions].sort((one, other) => Number(one - other)));
  }
  await Promise.all(scene.here.map((reader) => reader.leave()));
  await turns(50);
  expect(log.open).toBe(0);
}
