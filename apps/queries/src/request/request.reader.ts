import { Injectable } from '@nestjs/common';
import type { Principal } from '#access';
import { columnNames, tablesOf } from '#read-store';
import { Conditions, containing } from '../conditions.js';
import { page, pageSize, placeOf } from '../paging.js';
import { ReadModels } from '../read-models.js';
import { withinScope } from '../scope.sql.js';
import { unnamedKinds } from './handler.view.js';
import { requestProjection } from './request.projection.js';
import type { RequestsQuery } from './request.query.js';
import type { RequestRow } from './request.row.js';

const source = `${tablesOf(requestProjection).rows} r`;
const columns = columnNames(requestProjection, 'r');

@Injectable()
export class RequestReader {
  constructor(private readonly models: ReadModels) {}

  async find(id: string): Promise<RequestRow | undefined> {
    const { rows } = await this.models.database.query<RequestRow>(
      `select ${columns} from ${source} where r.id = $1`,
      [id],
    );
    return rows[0];
  }

  /** A page of what the principal may see; `next` is the cursor of the one after it. */
  async list(
    query: RequestsQuery,
    principal: Principal,
  ): Promise<{ rows: RequestRow[]; next: string | null }> {
    const { cursor, limit = pageSize.usual, ...filters } = query;
    const conditions = new Conditions()
      .equal('r.station', query.station)
      .equal('r.district', query.district)
      .equal('r.status', query.status)
      .equal('r.category', query.category)
      .equal('r.holder_id', query.holder)
      // The literal condition lets the index over the open ones be used.
      .and(query.open, (flag) => (query.open ? `r.open and ${flag}` : `not r.open and not ${flag}`))
      .and(query.text && containing(query.text), (text) => anywhere(text));
    namedHolder(conditions, query, principal);
    loggedWithin(conditions, query);
    withinScope(conditions, principal, 'list-requests', 'r');
    const [order, after] = query.sort === 'loggedAt' ? ['asc', '>'] : ['desc', '<'];
    const place = placeOf(cursor, filters);
    conditions.and(
      place?.at,
      (at) => `(r.logged_at, r.id) ${after} (${at}::timestamptz, ${conditions.value(place?.id)})`,
    );
    const { rows } = await this.models.database.query<RequestRow>(
      `select ${columns} from ${source} ${conditions.where}
       order by r.logged_at ${order}, r.id ${order} limit ${limit + 1}`,
      conditions.values,
    );
    return page(rows, limit, filters, (row) => ({ at: row.logged_at, id: row.id }));
  }
}

const anywhere = (text: string): string =>
  `(r.summary ilike ${text} or r.details ilike ${text} or r.outcome ilike ${text})`;

// To be found by a name would tell it.
function namedHolder(conditions: Conditions, { holder }: RequestsQuery, principal: Principal): void {
  const unnamed = unnamedKinds(principal);
  if (holder === undefined || holder === principal.scope.unit || unnamed.length === 0) return;
  conditions.and(unnamed, (kinds) => `r.holder->>'kind' <> all(${kinds}::text[])`);
}

// A day somewhere on earth lies within fourteen hours of the same day in UTC, which bounds the scan of the index.
function loggedWithin(conditions: Conditions, { from, to }: RequestsQuery): void {
  conditions
    .and(from, (day) => `r.logged_day >= ${day}::date and r.logged_at >= ${bound(day)} - interval '14 hours'`)
    .and(to, (day) => `r.logged_day <= ${day}::date and r.logged_at < ${bound(day)} + interval '38 hours'`);
}

const bound = (day: string): string => `(${day}::date::timestamp at time zone 'UTC')`;
