import type { Database } from './database.js';
import type { Checkpoint } from './projector.js';
import type { Rate } from './rate.js';
import type { AnyProjection } from './table.sql.js';

/**
 * `building`: not caught up for the first time yet; `live`: applies events as they come; `catching-up`: behind, or cut off
 * a moment ago; `retrying`: database or event store cannot be reached; `failed`: a mistake that trying again will not mend.
 */
export type RunnerState = 'building' | 'live' | 'catching-up' | 'retrying' | 'failed' | 'stopped';

export type Log = { info(message: string): void; warn(message: string): void; error(message: string): void };

export type RunnerOptions = { projection: AnyProjection; database: Database; log: Log };

/** What keeps one projection up with its feed. */
export type Runner = {
  readonly projection: AnyProjection;
  readonly state: RunnerState;
  /** Whether it has caught up once: before that its rows are a part of the truth. */
  readonly served: boolean;
  readonly failure: string | undefined;
  readonly checkpoint: Checkpoint;
  readonly rate: Rate;
  lagSeconds: (now?: number) => number;
  /** Whether an event of a stream, at a position of `$all`, is visible within the patience (milliseconds). */
  reach: (position: bigint, stream: string, patience: number) => Promise<boolean>;
  /** Finishes the batch under way. */
  stop: () => Promise<void>;
};
