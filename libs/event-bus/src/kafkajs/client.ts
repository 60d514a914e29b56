import kafkajs, { type Kafka, type RetryOptions, type SASLOptions } from 'kafkajs';
import type { EventBusOptions } from '../event-bus.options.js';
import { calmIdleConnections } from './idle-loop.patch.js';
import { kafkajsLevel, kafkajsLog } from './log.js';
import { gatherRecordHeadersAtOnce } from './record-headers.patch.js';
import { endFetchersOfStoppedRunners } from './stopped-runner.patch.js';
import { registerZstd } from './zstd.codec.js';

calmIdleConnections();
endFetchersOfStoppedRunners();
gatherRecordHeadersAtOnce();
registerZstd();

// Every member is said: kafkajs has other defaults when NODE_ENV is test.
const pauses = { initialRetryTime: 100, maxRetryTime: 5_000, factor: 0.2, multiplier: 2 };

/** Attempts for about `ms` milliseconds beside what they take themselves. */
const retriesFor = (ms: number): RetryOptions => ({
  ...pauses,
  retries: 5 + Math.ceil(ms / pauses.maxRetryTime),
});

/** A few seconds. */
export const fewRetries = retriesFor(0);

/** The documentation says that an idempotent producer retries for ever; it gives up after five unless it is told. */
export const endlessRetries: RetryOptions = { ...pauses, retries: Number.MAX_SAFE_INTEGER };

export type ClientOptions = EventBusOptions & {
  /** How long it looks for a broker, in milliseconds. */
  patience?: number;
};

export function kafkaClient({ brokers, ssl, sasl, clientId, log, patience = 0 }: ClientOptions): Kafka {
  return new kafkajs.Kafka({
    brokers: [...brokers],
    ...(ssl && { ssl }),
    ...(sasl && { sasl: sasl as SASLOptions }),
    clientId,
    connectionTimeout: 3_000,
    requestTimeout: 30_000,
    retry: retriesFor(patience),
    logLevel: kafkajsLevel(log),
    logCreator: kafkajsLog(log),
  });
}
