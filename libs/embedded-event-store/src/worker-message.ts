import type { UnavailableReason } from './event-store-unavailable.js';

/** What the worker says first, and only once. */
export type WorkerMessage =
  | { kind: 'started'; port: number; connectionString: string }
  | { kind: 'unavailable'; reason: UnavailableReason; message: string };
