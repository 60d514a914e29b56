import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Everything `/metrics` shows. Further metrics register here: `new Counter({ …, registers: [metrics] })`. */
export const metrics = new Registry();

collectDefaultMetrics({ register: metrics });

/** Seconds from the request's arrival to the end of its answer; `route` is the pattern, `unmatched` when there is none. */
export const httpRequests = new Histogram({
  name: 'yizhan_http_request_duration_seconds',
  help: 'Duration of HTTP requests in seconds',
  labelNames: ['method', 'route', 'status'] as const,
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  registers: [metrics],
});

/** `category` of the stream (request, station); `outcome`: appended, nothing, lost-race, rejected, failed. */
export const appends = new Counter({
  name: 'yizhan_appends_total',
  help: 'Commands carried out against the event store, by what became of them',
  labelNames: ['category', 'outcome'] as const,
  registers: [metrics],
});

/** The last applied `$all` position; exact up to 2^53. */
export const projectionPosition = new Gauge({
  name: 'yizhan_projection_position',
  help: 'Position in $all that a projection has applied',
  labelNames: ['projection'] as const,
  registers: [metrics],
});

/** Seconds between the recording of the last applied event and its becoming visible; 0 when nothing is waiting. */
export const projectionLagSeconds = new Gauge({
  name: 'yizhan_projection_lag_seconds',
  help: 'Seconds a projection is behind the event store',
  labelNames: ['projection'] as const,
  registers: [metrics],
});
