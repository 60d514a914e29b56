import type { CommandOf, RequestCommand, StepDue } from './request.commands.js';
import type { DeadlineStep } from './request.deadline.js';
import { stepAhead } from './request.deadline-steps.js';
import { type Handler, isOpen, statedFields } from './request.events.js';
import type { RequestState } from './request.state.js';

type Test<Type extends RequestCommand['type']> = (
  data: CommandOf<Type>['data'],
  state: RequestState,
) => boolean;

/** Saying it twice is not an error: when is a command already in effect? */
const tests: { [Type in RequestCommand['type']]: Test<Type> } = {
  LogRequest: (_, { status }) => status !== 'unlogged',
  Assign: ({ to, helpers = [], makeLead }, { status, holder, helpers: present, lead }) =>
    (status === 'assigned' || status === 'accepted') &&
    same(holder, to) &&
    sameAll(helpers, present) &&
    (!makeLead || !lead || same(lead, to)),
  Accept: ({ by }, { status, holder }) => status === 'accepted' && (by === undefined || by === holder?.id),
  Return: (_, { status }) => status === 'returned',
  Claim: ({ by }, { status, lead, holder }) => status === 'accepted' && same(lead, by) && same(holder, by),
  RecordProgress: ({ note, at }, { lastEntry: last }) =>
    last?.type === 'ProgressRecorded' && last.data.note === note && last.data.at === at,
  ContactResident: ({ reached, channel, note, at }, { lastEntry: last }) =>
    last?.type === 'ResidentContacted' && equal(last.data, { reached, channel, note: note ?? null, at }),
  Resolve: ({ outcome }, state) => state.status === 'resolved' && state.outcome === outcome,
  RecordCallback: (
    { contacted, contactedByUnit, resolved, satisfied, note, at, caller },
    { lastEntry: last },
  ) =>
    last?.type === 'CallbackRecorded' &&
    equal(last.data, {
      attempt: last.data.attempt,
      contacted,
      ...(contactedByUnit !== undefined && { contactedByUnit }),
      resolved: resolved ?? null,
      satisfied: satisfied ?? (contacted ? 'not-rated' : null),
      note: note ?? null,
      at,
      ...(caller !== undefined && { caller }),
    }),
  Close: (_, { status }) => status === 'closed',
  Reopen: (_, { status }) => status === 'reopened',
  Escalate: ({ to }, { level, status }) => level === to && isOpen(status),
  // What no longer has to be done counts as done: the deadline was met, moved, paused, or somebody was faster.
  EscalateByRule: (data, state) =>
    data.rule === 'deadline'
      ? gone('escalate', data, state)
      : (state.calledFor[data.rule] ?? 0) >= data.count || state.level === 'district',
  Warn: (data, state) => gone('warn', { to: null, ...data }, state),
  Supervise: (data, state) => gone('supervise', data, state),
  Pause: (_, { paused }) => paused,
  Resume: (_, { paused, status }) => !paused && isOpen(status),
  // Whether anything comes out otherwise is known when it has been counted.
  RecomputeDeadlines: () => false,
  Recategorise: ({ category }, state) => state.category === category,
  Correct: ({ changes }, { stated }) =>
    stated !== null &&
    statedFields.every((field) => changes[field] === undefined || equal(changes[field], stated[field])),
  MergeInto: ({ into }, { mergedInto }) => mergedInto === into,
  Unmerge: (_, { status, unmergedFrom }) => status !== 'merged' && unmergedFrom !== null,
  TakeIn: ({ request }, { takenIn }) => request in takenIn,
  GiveBack: ({ request }, { status, takenIn }) => status !== 'unlogged' && !(request in takenIn),
  // What was merged again is told with the next unmerging.
  BringBack: ({ from, callbacks }, { status, unmergedFrom, attemptsElsewhere }) =>
    status !== 'unlogged' &&
    (unmergedFrom !== from || callbacks.every(({ attempt }) => attempt <= attemptsElsewhere)),
  // The same words are the same part, whatever number it would get this time.
  Split: ({ parts }, { parts: known }) =>
    parts.every(({ summary }) => known.some((part) => part.summary === summary)),
  Withdraw: (_, { status }) => status === 'withdrawn',
  Exclude: (_, { status }) => status === 'excluded',
};

export function inEffect(command: RequestCommand, state: RequestState): boolean {
  const test = tests[command.type] as Test<RequestCommand['type']>;
  return test(command.data, state);
}

const gone = (
  does: DeadlineStep['does'],
  data: StepDue & Pick<DeadlineStep, 'to'>,
  state: RequestState,
): boolean => state.status !== 'unlogged' && stepAhead(state, does, data) === undefined;

const same = (one: Handler | null, other: Handler): boolean => one?.id === other.id;

const sameAll = (some: Handler[], others: Handler[]): boolean =>
  some.length === others.length && some.every((handler, index) => handler.id === others[index]?.id);

// Values here are strings, nulls and flat records of them, always written in the same order.
const equal = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
