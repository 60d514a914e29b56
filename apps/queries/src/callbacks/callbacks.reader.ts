import { Injectable } from '@nestjs/common';
import { columnNames, tablesOf } from '#read-store';
import { type AsOf, asOf } from '../as-of.js';
import { page, pageSize, placeOf } from '../paging.js';
import { ReadModels } from '../read-models.js';
import { requestProjection } from '../request/request.projection.js';
import type { RequestRow } from '../request/request.row.js';
import type { CallbacksQuery } from './callbacks.query.js';

const columns = columnNames(requestProjection, 'r');

/** The few lines of an index that holds nothing else, and the position they are of. */
const statementOf = (
  place: Place,
) => `select p.*, line.* from ${asOf(requestProjection)} p left join lateral (
    select ${columns} from ${tablesOf(requestProjection).rows} r
    where r.${place} = $1 and r.callback_due
      and ($2::timestamptz is null or (r.resolved_at, r.id) > ($2::timestamptz, $3))
    order by r.resolved_at, r.id limit $4
  ) line on true order by line.resolved_at, line.id`;

type Place = 'station' | 'district';
const statements = { station: statementOf('station'), district: statementOf('district') };

@Injectable()
export class CallbacksReader {
  constructor(private readonly models: ReadModels) {}

  /** What was resolved at a station, or in a district, and not answered yet, what has waited longest first. */
  async page(
    of: Place,
    code: string,
    { cursor, limit = pageSize.usual }: CallbacksQuery,
  ): Promise<{ asOf: AsOf; rows: RequestRow[]; next: string | null }> {
    const filters = { callbacks: code, of };
    const place = placeOf(cursor, filters);
    const { rows } = await this.models.database.query<AsOf & RequestRow>(statements[of], [
      code,
      place?.at ?? null,
      place?.id ?? null,
      limit + 1,
    ]);
    const [{ position, recordedAt }] = rows as [AsOf & RequestRow];
    const lines = rows.filter(({ id }) => id !== null); // an empty page still has its position
    return { asOf: { position, recordedAt }, ...page(lines, limit, filters, placeOfRow) };
  }
}

const placeOfRow = ({ resolved_at, id }: RequestRow) => ({ at: resolved_at ?? '', id });
