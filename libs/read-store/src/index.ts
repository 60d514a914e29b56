export { type AsOf, readAsOf } from './as-of.js';
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
export type { Log, RunnerState } from './runner.js';
export { type ParkedKey, discardParked, parkedKeys } from './parking.js';
export {
  type Chain,
  type Follow,
  type Following,
  Gap,
  Halt,
  type Link,
  type PartitionedFeed,
  UnknownEvent,
} from './partitioned-feed.js';
export type { Rebuilt } from './rebuild.js';
export { type AnyProjection, columnNames, tablesOf } from './table.sql.js';
export { InMemoryFeed } from './in-memory-feed.js';
