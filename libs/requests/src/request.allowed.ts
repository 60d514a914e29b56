import type { RequestCommand } from './request.commands.js';
import { type Status, openStatuses as open, statuses } from './request.events.js';

type CommandType = RequestCommand['type'];

/** In which states a command may be carried out. What is in effect already is answered before this is asked. */
export const allowedIn: Record<CommandType, readonly Status[]> = {
  LogRequest: ['unlogged'],
  Assign: open,
  Accept: ['assigned', 'reopened'],
  Return: ['assigned'],
  Claim: ['logged', 'returned'],
  RecordProgress: open,
  ContactResident: [...open, 'resolved'],
  Resolve: ['assigned', 'accepted', 'reopened'],
  RecordCallback: ['resolved', 'closed'],
  Close: ['resolved'],
  Reopen: ['resolved', 'closed'],
  Escalate: open,
  // Whoever is above looks at a third return even where it was mended in the meantime.
  EscalateByRule: [...open, 'resolved', 'closed'],
  Warn: open,
  Supervise: open,
  Pause: open,
  Resume: open,
  RecomputeDeadlines: open,
  Recategorise: [...open, 'resolved', 'closed'],
  Correct: [...open, 'resolved', 'closed'],
  MergeInto: open,
  Unmerge: ['merged'],
  TakeIn: open,
  GiveBack: statuses.filter((status) => status !== 'unlogged'),
  BringBack: statuses.filter((status) => status !== 'unlogged'),
  Split: open,
  Withdraw: open,
  Exclude: [...open, 'resolved', 'closed'],
};

/** What follows from another request's decision or from a rule: nobody is offered it. */
export const following: readonly CommandType[] = [
  'TakeIn',
  'GiveBack',
  'BringBack',
  'EscalateByRule',
  'Warn',
  'Supervise',
];

/** What whoever is refused is told of a request: how it stands, and what may be asked instead. */
export const standing = (status: Status): { state: Status; allowed: CommandType[] } => ({
  state: status,
  allowed: allowedCommands(status),
});

/** The commands a request in this state may be given. */
export const allowedCommands = (status: Status): CommandType[] =>
  (Object.keys(allowedIn) as CommandType[]).filter(
    (type) => allowedIn[type].includes(status) && !following.includes(type),
  );
