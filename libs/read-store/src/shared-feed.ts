import type { Delivery, Feed, SubscriptionOptions } from '#event-store';

/** What a reader may leave waiting before it reads on by itself again. */
const longestQueue = 4_096; // deliveries

/**
 * One subscription for all who want the same streams and have caught up: each event is sent and decoded once, however many
 * wait for it, and all are handed the same object. Everybody catches up on a subscription of their own, at their own pace,
 * and goes back to one when they fall too far behind the others. Nobody waits for anybody.
 */
export class SharedFeed implements Feed {
  private tail: Tail | undefined;

  constructor(private readonly feed: Feed) {}

  async *subscribe(options: SubscriptionOptions): AsyncGenerator<Delivery> {
    let reached = options.after ?? nothing;
    while (!options.signal.aborted) {
      const handedOver = yield* this.alone(options, reached);
      if (!handedOver) return;
      reached = yield* handedOver.seat.occupied(handedOver.reached);
    }
  }

  /** Until everything else is in the queue of a seat, or the subscription has ended. */
  private async *alone(
    options: SubscriptionOptions,
    since: bigint,
  ): AsyncGenerator<Delivery, { seat: Seat; reached: bigint } | undefined> {
    let reached = since;
    let seat: Seat | undefined;
    const after = since === nothing ? undefined : since;
    try {
      for await (const delivery of this.feed.subscribe({ ...options, after })) {
        yield delivery;
        reached = positionOf(delivery) ?? reached;
        if (delivery.kind === 'caught-up') seat ??= this.seatFor(options, reached);
        if (seat && reached >= seat.since) return { seat, reached };
      }
    } finally {
      if (seat && reached < seat.since) seat.leave();
    }
    return undefined;
  }

  private seatFor({ streams, types, signal }: SubscriptionOptions, reached: bigint): Seat {
    const selection = { streams, ...(types && { types }) };
    if (!this.tail?.running) this.tail = new Tail(this.feed, selection, reached);
    return this.tail.seatFor(selection, signal);
  }
}

type Selection = Pick<SubscriptionOptions, 'streams' | 'types'>;

const nothing = -1n;

const positionOf = (delivery: Delivery): bigint | undefined => {
  if (delivery.kind === 'event') return delivery.event.position;
  return delivery.kind === 'checkpoint' ? delivery.position : undefined;
};

/** Reads on from a position, for as long as somebody sits there. */
class Tail {
  private readonly seats = new Set<Seat>();
  private readonly leaving = new AbortController();
  private lastEvent: bigint;

  constructor(
    feed: Feed,
    private readonly selection: Selection,
    reached: bigint,
  ) {
    this.lastEvent = reached;
    const after = reached === nothing ? undefined : reached;
    void this.read(feed.subscribe({ ...selection, after, signal: this.leaving.signal }));
  }

  get running(): boolean {
    return !this.leaving.signal.aborted;
  }

  seatFor(selection: Selection, signal: AbortSignal): Seat {
    if (JSON.stringify(selection) !== JSON.stringify(this.selection)) {
      throw new Error('those who share a subscription want the same streams');
    }
    const seat = new Seat(this.lastEvent, signal, () => this.left(seat));
    this.seats.add(seat);
    return seat;
  }

  private left(seat: Seat): void {
    this.seats.delete(seat);
    if (this.seats.size === 0) this.leaving.abort();
  }

  private async read(deliveries: AsyncIterable<Delivery>): Promise<void> {
    let failure: unknown;
    try {
      for await (const delivery of deliveries) {
        if (delivery.kind === 'event') this.lastEvent = delivery.event.position;
        if (delivery.kind !== 'caught-up') for (const seat of this.seats) seat.put(delivery);
      }
    } catch (error) {
      failure = error;
    }
    this.leaving.abort();
    for (const seat of this.seats) seat.end(failure);
  }
}

/** What has come since somebody sat down and was not taken yet. */
class Seat {
  private waiting: Delivery[] = [];
  private ended = false;
  private failure: unknown;
  private wake: () => void = () => {};

  constructor(
    /** Events after this position come here: nothing is missed by whoever has read up to it alone. */
    readonly since: bigint,
    private readonly signal: AbortSignal,
    private readonly left: () => void,
  ) {
    signal.addEventListener('abort', this.stop, { once: true });
  }

  leave(): void {
    this.signal.removeEventListener('abort', this.stop);
    this.left();
  }

  put(delivery: Delivery): void {
    if (this.ended) return;
    if (this.waiting.push(delivery) > longestQueue) this.end(undefined);
    this.wake();
  }

  /** What waits is still handed out, then the failure. */
  end(failure: unknown): void {
    this.ended = true;
    this.failure = failure;
    this.wake();
  }

  /** What comes after a position, up to the one that is returned: the queue grew too long, or the signal came. */
  async *occupied(since: bigint): AsyncGenerator<Delivery, bigint> {
    let reached = since;
    try {
      while (!this.signal.aborted) {
        const taken = this.waiting;
        this.waiting = [];
        for (const delivery of taken) {
          const position = positionOf(delivery) ?? nothing;
          if (position <= reached) continue;
          yield delivery;
          reached = position;
        }
        if (this.waiting.length > 0) continue;
        if (this.failure) throw this.failure;
        if (this.ended) break;
        await new Promise<void>((wake) => (this.wake = wake));
      }
    } finally {
      this.leave();
    }
    return reached;
  }

  private readonly stop = (): void => this.end(undefined);
}
