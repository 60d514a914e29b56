import type { Callback, RequestEvent, Resident } from '#requests';
import type { Asked, Caller, LastCallback, RequestRow } from './request.row.js';

type Data<Type> = Extract<RequestEvent, { type: Type }>['data'];

// Who is called back about a request: its own resident, and those of the requests that were merged into it.

export const unasked: Asked = { inVain: 0, answered: false, unreachable: false };

/** Who is still to be called back; a part leaves that to the request it was split from. */
export function dueOf(row: RequestRow): (Asked & { request: string; resident: Resident })[] {
  if (row.part_of !== null) return [];
  const { resident_name: name, resident_phone: phone, resident_flat: flat } = row;
  const own = { request: row.id, resident: { name, phone, flat }, ...row.asked };
  return [own, ...row.callers].flatMap(({ request, resident, inVain, answered, unreachable }) =>
    resident && !isAnonymous(resident) && !answered && !unreachable
      ? [{ request, resident, inVain, answered, unreachable }]
      : [],
  );
}

const isAnonymous = (resident: Resident): boolean => Object.values(resident).every((fact) => fact === null);

/** With a new resolution everybody is asked anew. */
export const askedAnew = ({ callers }: RequestRow): Partial<RequestRow> => ({
  asked: unasked,
  callers: callers.map((caller) => ({ ...caller, ...unasked })),
});

export function calledBack(row: RequestRow, data: Data<'CallbackRecorded'>, at: string): Partial<RequestRow> {
  const { contacted, caller, from } = data;
  const last = lastOf(data, at);
  const ask = (before: Asked): Asked =>
    contacted ? { ...before, answered: true, unreachable: false } : { ...before, inVain: before.inVain + 1 };
  // Brought back from where it was merged into: no word about its own resolution.
  if (from !== undefined) return { callbacks: row.callbacks + 1, last_callback: lastOf(data, data.at) };
  if (caller === undefined) {
    return { callbacks: row.callbacks + 1, last_callback: last, asked: ask(row.asked) };
  }
  return of(row, caller, (one) => ({ ...ask(one), callbacks: one.callbacks + 1, last }));
}

export const givenUp = (row: RequestRow, { caller }: Data<'ResidentUnreachable'>): Partial<RequestRow> =>
  caller === null ? { asked: { ...row.asked, ...unreached(row.asked) } } : of(row, caller, unreached);

// The decider once gave up residents who had answered.
const unreached = ({ answered }: Asked) => ({ unreachable: !answered });

export const takenIn = ({ callers }: RequestRow, data: Data<'TookIn'>): Partial<RequestRow> => {
  const { request, resident, callbacks } = data;
  return { callers: [...callers, { request, resident, callbacks, last: null, ...unasked }] };
};

export const givenBack = ({ callers }: RequestRow, { request }: Data<'GaveBack'>): Partial<RequestRow> => ({
  callers: callers.filter((caller) => caller.request !== request),
});

/** How its resident was asked while it was merged comes back with it. */
export function unmerged(row: RequestRow, { callbacks }: Data<'Unmerged'>): Partial<RequestRow> {
  const last = callbacks.at(-1);
  return {
    merged_into: null,
    callbacks: row.callbacks + callbacks.length,
    ...(last && { last_callback: lastOf(last, last.at) }),
  };
}

const lastOf = (data: Callback, at: string): LastCallback => ({
  attempt: data.attempt,
  at,
  contacted: data.contacted,
  contactedByUnit: data.contactedByUnit ?? null,
  resolved: data.resolved,
  satisfied: data.satisfied,
  note: data.note,
});

function of(
  { callers }: RequestRow,
  request: string,
  change: (caller: Caller) => Partial<Caller>,
): Partial<RequestRow> {
  return {
    callers: callers.map((caller) =>
      caller.request === request ? { ...caller, ...change(caller) } : caller,
    ),
  };
}
