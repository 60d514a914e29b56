import type { QueryConfig } from 'pg';
import { prepared as asShipped } from '../../../libs/read-store/src/database.js';

export * from '../../../libs/read-store/src/database.js';

/** Planted fault: the checkpoint is read and not locked, so two projectors may apply the same records. */
export const prepared = (text: string, values: unknown[]): QueryConfig =>
  asShipped(text.replace(/ for update$/, ''), values);
