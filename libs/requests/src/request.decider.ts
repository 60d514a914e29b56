import { type Decider, Rejection } from '#event-sourcing';
import type { DeadlineKind } from '#policies';
import type { CommandOf, RequestCommand } from './request.commands.js';
import { actingHolder, actingLead, refuseStranger } from './request.acting.js';
import { allowedIn, following, standing } from './request.allowed.js';
import { type Terms, deadlinesAfter, metInPause } from './request.deadlines.js';
import { type Handler, type RequestEvent, type Stated, statedFields } from './request.events.js';
import { callback, notResolved } from './request.calling-back.js';
import { inEffect } from './request.in-effect.js';
import { escalateByRule, nextLevel, supervise, warn } from './request.escalating.js';
import { bringBack, mergeInto, mergeRejections, refuseForOthers } from './request.merging.js';
import { copyClock, overParts, split } from './request.splitting.js';
import { type RequestState, evolve, unlogged } from './request.state.js';

type CommandType = RequestCommand['type'];

type Decision<Type extends CommandType> = (
  data: CommandOf<Type>['data'],
  state: RequestState,
  terms: Terms | undefined,
) => RequestEvent[];

const decisions: { [Type in CommandType]: Decision<Type> } = {
  LogRequest: (data) => [
    {
      type: 'RequestLogged',
      data: {
        requestId: data.requestId,
        station: data.station,
        summary: data.summary,
        details: data.details ?? null,
        category: data.category ?? null,
        place: data.place ?? { building: null, unit: null },
        resident: data.resident ?? null,
        residentDistrict: data.residentDistrict ?? null,
        channel: data.channel,
        paper: data.paper ?? null,
        source: data.source ?? null,
        ...(data.partOf !== undefined && { partOf: data.partOf }),
        ...(data.resolutionClock && { resolutionClock: copyClock(data.resolutionClock) }),
      },
    },
    ...(data.deadlines ?? []).map((given) => sourced(given, data.source?.system)),
  ],

  Assign: ({ to, helpers = [], note, makeLead, leadFrom }, { lead }) => {
    const transfer = makeLead && lead && lead.id !== to.id ? [leadTransferred(lead, to)] : [];
    if (transfer.length > 0 && lead && lead.id !== (leadFrom ?? lead.id)) {
      throw new Rejection('lead-changed', { lead: lead.name });
    }
    return [{ type: 'Assigned', data: { to, helpers, note: note ?? null } }, ...transfer];
  },

  Accept: ({ by }, state) => [{ type: 'Accepted', data: { by: actingHolder(state, by), implied: false } }],

  Return: ({ by, reason }, state) => [{ type: 'Returned', data: { by: actingHolder(state, by), reason } }],

  Claim: ({ by }, { lead }) => {
    if (lead) throw new Rejection('already-led', { lead: lead.name });
    return [{ type: 'Claimed', data: { by } }];
  },

  RecordProgress: ({ by, note, at }, state) => {
    refuseStranger(state, by);
    return [{ type: 'ProgressRecorded', data: { note, at } }];
  },

  ContactResident: ({ by, reached, channel, note, at }, state) => {
    refuseStranger(state, by);
    return [{ type: 'ResidentContacted', data: { reached, channel, note: note ?? null, at } }];
  },

  Resolve: ({ by, outcome, ...parts }, state) => {
    const resolver = actingLead(state, by);
    const holder = state.holder ?? resolver;
    return [
      ...(state.status === 'accepted' ? [] : [accepted(holder)]),
      { type: 'Resolved', data: { by: resolver, outcome, ...overParts(parts, state) } },
    ];
  },

  RecordCallback: (data, state, terms) => [
    ...callback(data, state, terms?.policy.policy.callbacks.attempts),
    ...(data.resolved === 'no' ? [reopened(data.note ?? notResolved, 'callback')] : []),
  ],

  Close: ({ note, ...parts }, state) => [
    { type: 'Closed', data: { note: note ?? null, ...overParts(parts, state) } },
  ],

  Reopen: ({ reason }) => [reopened(reason, 'hand')],

  Escalate: ({ to, reason }, { level }) => {
    if (nextLevel(level) !== to)
      throw new Rejection('one-level-at-a-time', { level, next: nextLevel(level) });
    return [{ type: 'Escalated', data: { from: level, to, reason, trigger: 'hand' } }];
  },

  EscalateByRule: escalateByRule,
  Warn: warn,
  Supervise: supervise,

  Pause: ({ approver, reason }, _, terms) => [
    { type: 'ClockPaused', data: { approver, reason, ...(terms && { at: terms.at }) } },
  ],
  Resume: ({ note }, { pausedAt }, terms) => {
    if (pausedAt !== null && terms && terms.at < pausedAt) {
      throw new Rejection('resumed-before-paused', { pausedAt });
    }
    return [{ type: 'ClockResumed', data: { note: note ?? null, ...(terms && { at: terms.at }) } }];
  },
  RecomputeDeadlines: () => [],

  Recategorise: ({ category, reason }, state) => [
    { type: 'Recategorised', data: { from: state.category, to: category, reason: reason ?? null } },
  ],

  Correct: ({ changes, reason }) => [{ type: 'Corrected', data: { changes: namedIn(changes), reason } }],

  MergeInto: mergeInto,
  Unmerge: ({ reason, callbacks, trigger = 'hand' }, { mergedInto, mergedFrom }) =>
    mergedInto && mergedFrom
      ? [{ type: 'Unmerged', data: { from: mergedInto, backTo: mergedFrom, reason, trigger, callbacks } }]
      : [],
  TakeIn: ({ request, resident, callbacks, moved }) => [
    { type: 'TookIn', data: { request, resident, callbacks, ...moved } },
  ],
  GiveBack: ({ request }) => [{ type: 'GaveBack', data: { request } }],
  BringBack: bringBack,
  Split: split,

  Withdraw: ({ reason, openParts }, state) => {
    refuseForOthers(state);
    overParts({ openParts }, state);
    return [{ type: 'Withdrawn', data: { reason } }];
  },
  Exclude: ({ approver, reason, openParts }, state) => {
    overParts({ openParts }, state);
    return [{ type: 'Excluded', data: { approver, reason } }];
  },
};

export const requestDecider: Decider<RequestState, RequestCommand, RequestEvent> = {
  initialState: unlogged,
  decide(command, state) {
    if (heeded(command, state) && inEffect(command, state)) return [];
    if (!allowedIn[command.type].includes(state.status)) {
      throw new Rejection(state.status === 'unlogged' ? 'request-unknown' : `request-${state.status}`, {
        ...standing(state.status),
        ...(state.mergedInto !== null && { mergedInto: state.mergedInto }),
      });
    }
    const { terms } = command;
    const events = decided(command, state);
    return terms
      ? [...metInPause(state, events, terms), ...events, ...deadlinesAfter(state, events, terms)]
      : events;
  },
  evolve,
};

function decided({ type, data, terms }: RequestCommand, state: RequestState): RequestEvent[] {
  try {
    return (decisions[type] as Decision<CommandType>)(data, state, terms);
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    throw new Rejection(error.reason, { ...standing(state.status), ...error.details });
  }
}

/** Every reason `decide` may give; whoever shows sentences has one for each. */
export const requestRejections = [
  'request-unknown',
  ...(['logged', 'returned', 'assigned', 'accepted', 'resolved'] as const).map(
    (status) => `request-${status}`,
  ),
  ...(['reopened', 'closed', 'merged', 'withdrawn', 'excluded'] as const).map(
    (status) => `request-${status}`,
  ),
  'not-the-holder',
  'not-the-lead',
  'already-led',
  'lead-changed',
  'unreached-resident-cannot-answer',
  'callback-needs-answer',
  'one-level-at-a-time',
  'resumed-before-paused',
  'unknown-caller',
  'parts-open',
  'part-cannot-be-split',
  ...mergeRejections,
] as const;

// What is said to a request that was merged is said to the wrong one, even where it would change nothing.
const heeded = ({ type }: RequestCommand, { status }: RequestState): boolean =>
  status !== 'merged' || ['LogRequest', 'MergeInto', ...following].includes(type);

const reopened = (reason: string, trigger: 'hand' | 'callback'): RequestEvent => ({
  type: 'Reopened',
  data: { reason, trigger },
});

const accepted = (by: Handler): RequestEvent => ({ type: 'Accepted', data: { by, implied: true } });

// What is undefined would be stored as nothing and remembered as undefined; unknown fields would be stored for ever.
const namedIn = (changes: Partial<Stated>): Partial<Stated> =>
  Object.fromEntries(
    statedFields.flatMap((field) => (changes[field] === undefined ? [] : [[field, changes[field]]])),
  );

const leadTransferred = (from: Handler, to: Handler): RequestEvent => ({
  type: 'LeadTransferred',
  data: { from, to },
});

const sourced = (
  { kind, dueAt }: { kind: DeadlineKind; dueAt: string },
  system = 'unknown',
): RequestEvent => ({
  type: 'DeadlineSet',
  data: {
    kind,
    dueAt,
    before: null,
    policyVersion: null,
    calendarVersion: null,
    provisional: false,
    derivation: { by: 'source', system },
  },
});
