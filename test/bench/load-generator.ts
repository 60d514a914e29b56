import { randomUUID } from 'node:crypto';
import autocannon from 'autocannon';
import type { Load, Loaded } from './load.js';

// The process `load()` starts: one job in, one line of JSON out.
const job = JSON.parse(process.argv[2] ?? '') as Load;
const keyed = (request: autocannon.Request): autocannon.Request => ({
  ...request,
  headers: { ...request.headers, 'idempotency-key': randomUUID() },
});
const result = await autocannon({
  url: job.url,
  connections: job.connections,
  duration: job.seconds,
  method: 'POST',
  headers: { 'content-type': 'application/json', ...job.headers },
  body: job.body,
  ...(job.keyed ? { requests: [{ setupRequest: keyed }] } : {}),
});
const failed = result.non2xx + result.errors + result.timeouts;
if (failed > 0) throw new Error(`${failed} of ${result.requests.total} requests failed at ${job.url}`);
const loaded: Loaded = {
  rate: result['2xx'] / result.duration,
  p50: result.latency.p50,
  p99: result.latency.p99,
};
process.stdout.write(JSON.stringify(loaded));
