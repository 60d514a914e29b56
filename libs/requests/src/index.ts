export type { MergeTarget, RequestCommand } from './request.commands.js';
export { allowedCommands } from './request.allowed.js';
export { nextLevel, requestDecider, requestRejections } from './request.decider.js';
export type { Deadline, Derivation } from './request.deadline.js';
export { type Terms, deadlinesAfter, pausesSince, runs, unaccepted } from './request.deadlines.js';
export {
  type Callback,
  type Channel,
  type EvenThough,
  type Handler,
  type Level,
  type LoggedAt,
  type Part,
  type Place,
  type RequestEvent,
  type ResolvedAnswer,
  type Resident,
  type SatisfiedAnswer,
  type Stated,
  type Status,
  channels,
  handlerKinds,
  isOpen,
  levels,
  openStatuses,
  requestStream,
  resolvedAnswers,
  satisfiedAnswers,
  statuses,
} from './request.events.js';
export { type DeadlineCourse, deadlineCourses } from './request.deadline-courses.js';
export { type HolderClocks, type Holding, holderClocks, lasted } from './request.holders.js';
export { callbacksFor } from './request.merging.js';
export { checkCharacter, parseRequestId, requestId } from './request.id.js';
export { type RequestState, nextStatus, statusAfter } from './request.state.js';
export { requestSchema, requestUpcasts, upcastRequest } from './request.upcast.js';
