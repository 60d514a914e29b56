export { type Connection, type Database, openDatabase, transaction } from './database.js';
export { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded/embedded-postgres.js';
export {
  type ProjectionStatus,
  Projections,
  type ProjectionsOptions,
  RebuildRunning,
  type RebuildStatus,
  runProjections,
} from './projections.js';
export type { Log, RunnerState } from './projection-runner.js';
export type { Rebuilt } from './rebuild.js';
export { type AnyProjection, columnNames, tablesOf } from './table.sql.js';
export { InMemoryFeed } from './in-memory-feed.js';
