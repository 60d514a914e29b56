export { type Decider, type DomainEvent, Rejection, fold } from './decider.js';
export { decideAll } from './decide-all.js';
export type { Actor, EventToAppend, Metadata, Recorded, Upcast } from './event.js';
export { eventId, nameId } from './event-id.js';
export { type Execution, type Outcome, KeyReused, StaleRevision, StreamTaken, execute } from './execute.js';
export { specification } from './given-when-then.js';
export { InMemoryStreams } from './in-memory-streams.js';
export {
  type ColumnType,
  type Evolve,
  type Increment,
  type Projection,
  type Table,
  project,
} from './projection.js';
export { type Appended, type ExpectedRevision, LostRace, NotWritten, type Streams } from './streams.js';
