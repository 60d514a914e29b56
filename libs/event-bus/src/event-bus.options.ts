import type { Logger } from 'pino';

export type EventBusOptions = {
  /** `host:port` of some brokers of the cluster. */
  brokers: readonly string[];
  /** Set: connections are TLS. PEM. */
  ssl?: { ca?: string; cert?: string; key?: string };
  sasl?: { mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512'; username: string; password: string };
  clientId: string;
  log: Logger;
};
