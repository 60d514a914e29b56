import { Counter, Gauge } from 'prom-client';
import { metrics } from '#observability';

export const openStreams = new Gauge({
  name: 'yizhan_event_streams',
  help: 'Subscribers of GET /v1/events that are connected',
  registers: [metrics],
});

export const sentEvents = new Counter({
  name: 'yizhan_event_stream_events_total',
  help: 'Events sent to subscribers of GET /v1/events',
  registers: [metrics],
});

/** `why`: slow, expired, failed. Those that left by themselves are not among them. */
export const cutOff = new Counter({
  name: 'yizhan_event_streams_cut_off_total',
  help: 'Subscribers of GET /v1/events that were disconnected',
  labelNames: ['why'] as const,
  registers: [metrics],
});
