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
/** What was told, and the row it came to. */
export type Chronicle = { told: Told[]; row: RequestRow };

/** Requests told from their events, with the very fold that the read model is made with. */
@Injectable()
export class RequestHistory {
  constructor(private readonly store: EventStore) {}

  /**
   * The events up to a revision, or those that had happened at an instant, whenever they were recorded; all of them when
   * neither is asked for. Each with the row it led to. Throws `unknown-request` where the request did
   * not exist then, or what forbids the caller to see it.
   */
  async until(id: string, query: AsOfQuery, caller: Principal, action: Action): Promise<Chronicle> {
    const within = limit(query);
    const events = parseRequestId(id) ? await this.store.read<RequestEvent>(requestStream(id)) : [];
    const present = tell(events).at(-1);
    if (!present) throw new Problem('unknown-request', { id });
    authorise(caller, action, present.row);
    const told = tell(events.filter(within));
    const { revision, at } = query;
    const last = told.at(-1);
    if (!last || (revision !== undefined && last.row.revision !== String(revision))) {
      throw new Problem('unknown-request', { id }, { revision, at });
    }
    return { told, row: last.row };
  }

  /** The request as it stood then; see {@link until}. */
  async asOf(id: string, query: AsOfQuery, caller: Principal, action: Action): Promise<RequestRow> {
    return (await this.until(id, query, caller, action)).row;
  }
}

function limit({ revision, at }: AsOfQuery): (event: Recorded) => boolean {
  if (revision !== undefined && at !== undefined) {
    throw invalidQuery('at', '不能与 revision 同时使用', 'cannot be combined with `revision`');
  }
  if (revision !== undefined) return (event) => event.revision <= BigInt(revision);
  if (at === undefined) return () => true;
  const instant = Date.parse(at);
  return (event) => Date.parse(event.occurredAt) <= instant;
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
