import type { Recorded } from '#event-sourcing';
import {
  type Handler,
  type RequestEvent,
  type SeenHandler,
  type StepTaken,
  parseRequestId,
  persons,
  withoutNames,
} from '#requests';
import type { Publications } from './public-event.js';

type Of<Type extends RequestEvent['type']> = Recorded<Extract<RequestEvent, { type: Type }>>;

// Who asked, where she lives, and every free text (in which her name or telephone number may stand) stay at home.
export const requestPublications: Publications<RequestEvent> = {
  RequestLogged: {
    name: 'request.logged',
    version: 1,
    data: (event) => ({ ...requestOf(event), ...logged(event) }),
  },
  Assigned: named('request.assigned', ({ data: { to, helpers } }: Of<'Assigned'>) => ({
    to: unit(to),
    helpers: helpers.map(unit),
  })),
  LeadTransferred: named('request.lead-transferred', ({ data: { from, to } }: Of<'LeadTransferred'>) => ({
    from: unit(from),
    to: unit(to),
  })),
  Accepted: named('request.accepted', ({ data: { by, implied } }: Of<'Accepted'>) => ({
    by: unit(by),
    implied,
  })),
  Returned: named('request.returned', ({ data: { by } }: Of<'Returned'>) => ({ by: unit(by) })),
  Claimed: named('request.claimed', ({ data: { by } }: Of<'Claimed'>) => ({ by: unit(by) })),
  ProgressRecorded: named('request.progress-recorded', () => ({})),
  ResidentContacted: named(
    'request.resident-contacted',
    ({ data: { reached, channel } }: Of<'ResidentContacted'>) => ({ reached, channel }),
  ),
  Resolved: named('request.resolved', ({ data: { by, evenThough } }: Of<'Resolved'>) => ({
    by: unit(by),
    openParts: evenThough?.parts ?? [],
  })),
  CallbackRecorded: named('request.callback-recorded', ({ data }: Of<'CallbackRecorded'>) => ({
    attempt: data.attempt,
    contacted: data.contacted,
    contactedByUnit: data.contactedByUnit ?? null,
    resolved: data.resolved,
    satisfied: data.satisfied,
    caller: data.caller ?? null,
  })),
  ResidentUnreachable: named(
    'request.resident-unreachable',
    ({ data: { attempts, caller } }: Of<'ResidentUnreachable'>) => ({ attempts, caller }),
  ),
  Closed: named('request.closed', ({ data: { evenThough } }: Of<'Closed'>) => ({
    openParts: evenThough?.parts ?? [],
  })),
  Reopened: named('request.reopened', ({ data: { trigger } }: Of<'Reopened'>) => ({ trigger })),
  // Subscribers of the first version know nothing of deadlines; what Kafka holds of it is still read.
  Escalated: {
    ...named('request.escalated', ({ data: { from, to, trigger, deadline } }: Of<'Escalated'>) => ({
      from,
      to,
      trigger,
      deadline: deadline ? step(deadline) : null,
    })),
    version: 2,
  },
  ClockPaused: named('request.clock-paused', () => ({})),
  ClockResumed: named('request.clock-resumed', () => ({})),
  DeadlineSet: named('request.deadline-set', ({ data }: Of<'DeadlineSet'>) => ({
    kind: data.kind,
    dueAt: data.dueAt,
    before: data.before,
    policyVersion: data.policyVersion,
    calendarVersion: data.calendarVersion,
    provisional: data.provisional,
    by: data.derivation.by,
    class: data.derivation.by === 'policy' ? data.derivation.class : null,
    from: data.derivation.by === 'policy' ? data.derivation.from : null,
  })),
  DeadlineNeared: named('request.deadline-neared', ({ data }: Of<'DeadlineNeared'>) => step(data)),
  Supervised: named('request.supervised', ({ data }: Of<'Supervised'>) => ({
    by: data.by,
    ...step(data),
  })),
  Recategorised: named('request.recategorised', ({ data: { from, to } }: Of<'Recategorised'>) => ({
    from,
    to,
  })),
  Corrected: named('request.corrected', ({ data: { changes } }: Of<'Corrected'>) => ({
    fields: Object.keys(changes),
  })),
  Merged: named('request.merged', ({ data: { into } }: Of<'Merged'>) => ({ into })),
  Unmerged: named('request.unmerged', ({ data: { from, backTo, trigger, callbacks } }: Of<'Unmerged'>) => ({
    from,
    backTo,
    trigger,
    callbacks: callbacks.length,
  })),
  TookIn: named('request.took-in', ({ data: { request } }: Of<'TookIn'>) => ({ request })),
  GaveBack: named('request.gave-back', ({ data: { request } }: Of<'GaveBack'>) => ({ request })),
  Split: named('request.split', ({ data: { parts } }: Of<'Split'>) => ({
    parts: parts.map(({ requestId, category }) => ({ requestId, category })),
  })),
  Withdrawn: named('request.withdrawn', () => ({})),
  Excluded: named('request.excluded', () => ({})),
};

function named<Event extends Recorded>(name: string, facts: (event: Event) => object) {
  return { name, version: 1, data: (event: Event) => ({ ...requestOf(event), ...facts(event) }) };
}

const step = ({ kind, dueAt, at, lateBy }: StepTaken) => ({ kind, dueAt, at, lateBy });

function logged({ data }: Of<'RequestLogged'>): object {
  const { station, category, residentDistrict, channel, resident, source, partOf } = data;
  return {
    community: station.community,
    street: station.street,
    district: station.district,
    timeZone: station.timeZone,
    category,
    residentDistrict,
    channel,
    anonymous: resident === null,
    importedFrom: source?.system ?? null,
    partOf: partOf ?? null,
  };
}

function requestOf({ stream }: Recorded): { requestId: string; station: string | null } {
  const requestId = stream.slice('request-'.length);
  return { requestId, station: parseRequestId(requestId)?.station ?? null };
}

const unit = (handler: Handler): SeenHandler => withoutNames(handler, persons);
