import type { RequestEvent } from '#requests';
import type { Caller, LastCallback, RequestRow } from './request.row.js';

type Data<Type> = Extract<RequestEvent, { type: Type }>['data'];

// Who is called back about a request: its own resident, and those of the requests that were merged into it.

/** With a new resolution everybody is asked anew. */
export const asked = ({ callers }: RequestRow): Partial<RequestRow> => ({
  unreachable: false,
  callers: callers.map((caller) => ({ ...caller, unreachable: false })),
});

export function calledBack(row: RequestRow, data: Data<'CallbackRecorded'>, at: string): Partial<RequestRow> {
  const { attempt, contacted, resolved, satisfied, note, caller } = data;
  const last: LastCallback = { attempt, at, contacted, resolved, satisfied, note };
  if (caller === undefined) return { callbacks: row.callbacks + 1, last_callback: last };
  return of(row, caller, ({ callbacks }) => ({ callbacks: callbacks + 1, last }));
}

export function givenUp(row: RequestRow, { caller }: Data<'ResidentUnreachable'>): Partial<RequestRow> {
  return caller === null ? { unreachable: true } : of(row, caller, () => ({ unreachable: true }));
}

export const takenIn = ({ callers }: RequestRow, data: Data<'TookIn'>): Partial<RequestRow> => {
  const { request, resident, callbacks } = data;
  return { callers: [...callers, { request, resident, callbacks, last: null, unreachable: false }] };
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
    ...(last && { last_callback: { ...last } }),
  };
}

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
