import { Injectable } from '@nestjs/common';
import { type Action, type Principal, authorise } from '#access';
import { type Recorded, project } from '#event-sourcing';
import { EventStore } from '#event-store';
import { Problem } from '#problems';
import { type RequestEvent, parseRequestId, requestStream } from '#requests';
import { invalidQuery } from '../invalid-query.js';
import { requestProjection } from '../request/request.projection.js';
import type { AsOfQuery } from '../request/request.query.js';
import type { RequestRow } from '../request/request.row.js';

export type Told = { event: Recorded<RequestEvent>; row: RequestRow };

/** Requests told from their events, with the very fold that the read model is made with. */
@Injectable()
export class RequestHistory {
  constructor(private readonly store: EventStore) {}

  /** Every event with the row it led to. Throws `unknown-request`, or what forbids the caller to see it. */
  async of(id: string, caller: Principal, action: Action): Promise<Told[]> {
    const events = parseRequestId(id) ? await this.store.read<RequestEvent>(requestStream(id)) : [];
    const told = tell(events);
    const last = told.at(-1);
    if (!last) throw new Problem('unknown-request', { id });
    authorise(caller, action, last.row);
    return told;
  }

  /**
   * The request as it stood after an event, or at an instant: by what had happened by then, whenever it was recorded.
   * Throws `unknown-request` where there was none.
   */
  async asOf(id: string, query: AsOfQuery, caller: Principal, action: Action): Promise<RequestRow> {
    const events = (await this.of(id, caller, action)).map(({ event }) => event);
    const row = tell(events.filter(until(query))).at(-1)?.row;
    const { revision, at } = query;
    if (!row || (revision !== undefined && row.revision !== String(revision))) {
      throw new Problem('unknown-request', { id }, { revision, at });
    }
    return row;
  }
}

function until({ revision, at }: AsOfQuery): (event: Recorded) => boolean {
  if (revision !== undefined && at !== undefined) {
    throw invalidQuery('at', '不能与 revision 同时使用', 'cannot be combined with `revision`');
  }
  if (revision !== undefined) return (event) => event.revision <= BigInt(revision);
  const instant = at === undefined ? '' : new Date(at).toISOString();
  return (event) => event.occurredAt <= instant;
}

function tell(events: Recorded<RequestEvent>[]): Told[] {
  const told: Told[] = [];
  let row: RequestRow | undefined;
  for (const event of events) {
    row = project<RequestRow, RequestEvent>(requestProjection, row, event);
    if (row) told.push({ event, row });
  }
  return told;
}
