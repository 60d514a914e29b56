import { Injectable } from '@nestjs/common';
import { prepared } from '#read-store';
import type { AsOf } from '../as-of.js';
import { page, pageSize, placeOf, rowsFor } from '../paging.js';
import { ReadModels } from '../read-models.js';
import type { StationRow } from '../station/station.projection.js';
import type { LogbookQuery } from './logbook.query.js';
import type { ShownRow } from './logbook.row.js';
import { logbookStatement } from './logbook.statement.js';

type Line = AsOf & ShownRow & { rank: number };

@Injectable()
export class LogbookReader {
  constructor(private readonly models: ReadModels) {}

  /** A page of a station's logbook, the position it is of, and the cursor of the page after it. */
  async page(
    station: StationRow,
    query: LogbookQuery,
  ): Promise<{ asOf: AsOf; rows: ShownRow[]; next: string | null }> {
    const { cursor, limit = pageSize.usual, ...filters } = query;
    const asked = { ...filters, station: station.code };
    const place = placeOf(cursor, asked);
    const { text, values } = logbookStatement(station, query, place, rowsFor(limit));
    const { rows } = await this.models.database.query<Line>(prepared(text, values));
    const [{ position, recordedAt }] = rows as [Line];
    const lines = rows.filter(({ id }) => id !== null); // an empty page still has its position
    const after = (row: Line) => ({
      at: row.logged_at,
      id: row.id,
      ...(query.sort === 'open-first' && { open: row.rank === 0, asOf: place?.asOf ?? position }),
    });
    return { asOf: { position, recordedAt }, ...page(lines, limit, asked, after) };
  }
}
