import { Rejection } from '#event-sourcing';
import type { CommandOf } from './request.commands.js';
import type { Callback, RequestEvent } from './request.events.js';
import type { RequestState } from './request.state.js';

type Data = CommandOf<'RecordCallback'>['data'];

/** Why it is opened again where the resident says no and nobody writes down her words: it stands in the register. */
export const notResolved = '居民回访时表示未解决';

/** How often a resident is called in vain, within one resolution, where no policy says it. */
const usualAttempts = 3;

/**
 * What a resident says, or that she was not reached. The last attempt in vain adds that she is unreachable: a fact about
 * us, in an event of its own, so that nobody can take it for her answer. Nothing adds it once she has answered.
 */
export function callback(data: Data, state: RequestState, attempts = usualAttempts): RequestEvent[] {
  const { caller } = data;
  const before = caller === undefined ? state.callbacks : state.takenIn[caller];
  if (before === undefined) throw new Rejection('unknown-caller', { caller });
  return [
    {
      type: 'CallbackRecorded',
      data: { ...said(data, before + 1), ...(caller !== undefined && { caller }) },
    },
    ...(data.contacted ? [] : inVain(data, state, attempts)),
  ];
}

function said(data: Data, attempt: number): Callback {
  const { contacted, contactedByUnit, resolved, satisfied, note, at } = data;
  const answers = resolved ?? satisfied ?? contactedByUnit;
  if (!contacted && answers !== undefined) throw new Rejection('unreached-resident-cannot-answer');
  if (contacted && !resolved) throw new Rejection('callback-needs-answer');
  return {
    attempt,
    contacted,
    ...(contactedByUnit !== undefined && { contactedByUnit }),
    resolved: resolved ?? null,
    satisfied: satisfied ?? (contacted ? 'not-rated' : null),
    note: note ?? null,
    at,
  };
}

/** What is the callback's own, without for whom or where it was made. */
export const copyCallback = ({ contactedByUnit, ...made }: Callback): Callback => ({
  attempt: made.attempt,
  contacted: made.contacted,
  ...(contactedByUnit !== undefined && { contactedByUnit }),
  resolved: made.resolved,
  satisfied: made.satisfied,
  note: made.note,
  at: made.at,
});

function inVain({ caller }: Data, state: RequestState, attempts: number): RequestEvent[] {
  const whom = caller ?? '';
  const tried = (state.unreached[whom] ?? 0) + 1;
  if (tried < attempts || state.concluded.includes(whom)) return [];
  return [{ type: 'ResidentUnreachable', data: { attempts: tried, caller: caller ?? null } }];
}
