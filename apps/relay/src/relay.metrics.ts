import { Counter, Gauge } from 'prom-client';
import { metrics } from '#observability';

export const states = ['waiting', 'recovering', 'carrying', 'retrying', 'halted'] as const;

const labelNames = ['topic'] as const;
const registers = [metrics];

/** 1 for the state a topic's relay is in. */
export const relayState = new Gauge({
  name: 'yizhan_relay_state',
  help: 'What the relay of a topic is doing: 1 for the present state, 0 for the others',
  labelNames: ['topic', 'state'] as const,
  registers,
});

export const published = new Counter({
  name: 'yizhan_relay_published_total',
  help: 'Records acknowledged by the broker',
  labelNames,
  registers,
});

export const skipped = new Counter({
  name: 'yizhan_relay_skipped_total',
  help: 'Events that were in the topic already when they were read again',
  labelNames,
  registers,
});

/** `lost`: whether the topic had lost records that a checkpoint knew. */
export const recoveries = new Counter({
  name: 'yizhan_relay_recoveries_total',
  help: 'Starts from the end of a topic',
  labelNames: ['topic', 'lost'] as const,
  registers,
});

/** Exact up to 2^53. */
export const relayPosition = new Gauge({
  name: 'yizhan_relay_position',
  help: 'Position in $all up to which everything is in the topic',
  labelNames,
  registers,
});

export const lagSeconds = new Gauge({
  name: 'yizhan_relay_lag_seconds',
  help: 'Seconds from the recording of the last event carried to its acknowledgement; grows while nothing is carried',
  labelNames,
  registers,
});

export const lagEvents = new Gauge({
  name: 'yizhan_relay_lag_events',
  help: 'Events of the event store that are not in the topic yet, counted every ten seconds up to 10,000',
  labelNames,
  registers,
});

export type Followed = {
  topic: string;
  lagSeconds: () => number;
  /** `undefined` where another relay carries the topic. */
  lagEvents: () => Promise<number | undefined>;
};

/** Keeps the gauges of lag up to date, also of relays that are stuck; returns what ends it. */
export function followRelays(relays: readonly Followed[], countEvery = 10_000): () => void {
  const looking = setInterval(() => {
    for (const relay of relays) lagSeconds.set({ topic: relay.topic }, relay.lagSeconds());
  }, 1_000).unref();
  // What cannot be counted now, since the event store is away, stays as it was.
  const counting = setInterval(() => {
    for (const relay of relays) counted(relay).catch(() => undefined);
  }, countEvery).unref();
  return () => {
    clearInterval(looking);
    clearInterval(counting);
  };
}

async function counted(relay: Followed): Promise<void> {
  const { topic } = relay;
  const events = await relay.lagEvents();
  if (events === undefined) lagEvents.remove({ topic });
  else lagEvents.set({ topic }, events);
}
