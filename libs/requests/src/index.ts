export type { MergeTarget, RequestCommand } from './request.commands.js';
export { allowedCommands, standing } from './request.allowed.js';
export { requestDecider, requestRejections } from './request.decider.js';
export { nextLevel } from './request.escalating.js';
export { type Watched, stepsAhead } from './request.deadline-steps.js';
export {
  type Deadline,
  type DeadlineStep,
  type Derivation,
  type StepAhead,
  type StepTaken,
  stepName,
} from './request.deadline.js';
export { type Terms, deadlinesAfter, movedBy, pausesOf, resolutionClock } from './request.deadlines.js';
export { runs, stops, unaccepted } from './request.runs.js';
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
  type ThirdTime,
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
export { type SeenHandler, persons, residents, withoutNames } from './request.persons.js';
export { checkCharacter, parseRequestId, requestId } from './request.id.js';
export { type RequestState, evolve, unlogged } from './request.state.js';
export { nextStatus, statusAfter } from './request.status.js';
export { requestSchema, requestUpcasts, upcastRequest } from './request.upcast.js';
export type { CountingRule, Rule } from './request.rule.js';
export { countingRules } from './request.rules.js';
export { whenDeadlinePassesThenEscalate } from './when-deadline-passes-then-escalate.policy.js';
