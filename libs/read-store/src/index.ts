export { type AsOf, readAsOf } from './as-of.js';
export {
  type Connection,
  type Database,
  openDatabase,
  ownConnection,
  prepared,
  transaction,
} from './database.js';
export { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded/embedded-postgres.js';
export {
  type ProjectionStatus,
  Projections,
  type ProjectionsOptions,
  type SharedStatus,
  runProjections,
} from './projections.js';
export type { Log, RunnerState } from './runner.js';
export type { ParkedKey } from './parking.js';
export { NothingParked, StillParked } from './parking-lot.js';
export {
  type Chain,
  type Follow,
  type FollowEvent,
  type Following,
  Displaced,
  Gap,
  Halt,
  type Link,
  type PartitionedFeed,
  UnknownEvent,
} from './partitioned-feed.js';
export { type Rebuilding, RebuildRunning } from './rebuild.js';
export type { RebuildStatus, Rebuilt } from './rebuild-status.js';
export { type AnyProjection, columnNames, tablesOf } from './table.sql.js';
export { isServed } from './served.js';
export { InMemoryFeed } from './in-memory-feed.js';
