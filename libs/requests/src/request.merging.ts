import { Rejection } from '#event-sourcing';
import { copyCallback } from './request.calling-back.js';
import type { CommandOf } from './request.commands.js';
import { type Callback, type RequestEvent, isOpen } from './request.events.js';
import type { RequestState } from './request.state.js';

/** Why one request is not merged into another. */
export const mergeRejections = [
  'merge-into-itself',
  'merge-target-unknown',
  'merge-target-ended',
  'merge-across-districts',
  'part-cannot-be-merged',
  'parent-cannot-be-merged',
  'others-merged-into-it',
] as const;

const refuse = (reason: (typeof mergeRejections)[number], details: object): never => {
  throw new Rejection(reason, { ...details });
};

/**
 * Open requests are merged into open ones of the same district. They form stars, never chains or circles: what was merged is
 * not open, and what has taken others in stays. A part is counted with its parent, so neither is merged.
 */
export function mergeInto(
  { into, target, reason }: CommandOf<'MergeInto'>['data'],
  state: RequestState,
): RequestEvent[] {
  const { status, district, partOf, mergedInto } = target;
  if (into === state.id) refuse('merge-into-itself', { into });
  if (status === 'unlogged') refuse('merge-target-unknown', { into });
  if (!isOpen(status)) refuse('merge-target-ended', { into, targetState: status, mergedInto });
  if (district !== state.district) {
    refuse('merge-across-districts', { district: state.district, other: district });
  }
  const parent = state.partOf ?? partOf;
  if (parent !== null) refuse('part-cannot-be-merged', { parent });
  const parts = state.parts.map(({ requestId }) => requestId);
  if (parts.length > 0) refuse('parent-cannot-be-merged', { parts });
  refuseForOthers(state);
  return [{ type: 'Merged', data: { into, reason } }];
}

/** Whose requests were merged into it have asked for it, too: neither can one resident take it back for all of them. */
export function refuseForOthers({ takenIn }: RequestState): void {
  const requests = Object.keys(takenIn);
  if (requests.length > 0) refuse('others-merged-into-it', { requests });
}

/** The attempts that were made between gathering them for `Unmerged` and giving the request back. */
export const bringBack = (
  { from, callbacks }: CommandOf<'BringBack'>['data'],
  { attemptsElsewhere }: RequestState,
): RequestEvent[] =>
  callbacks
    .filter(({ attempt }) => attempt > attemptsElsewhere)
    .map((made) => ({ type: 'CallbackRecorded', data: { ...copyCallback(made), from } }));

/** How the resident of a request was asked while it was merged, told from the history of the other one. */
export function callbacksFor(request: string, history: readonly RequestEvent[]): Callback[] {
  const since = history.findLastIndex(({ type, data }) => type === 'TookIn' && data.request === request);
  if (since < 0) return [];
  return history.slice(since).flatMap(({ type, data }) => {
    if (type !== 'CallbackRecorded' || data.caller !== request) return [];
    return [copyCallback(data)];
  });
}
