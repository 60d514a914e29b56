import { Injectable } from '@nestjs/common';
import type { AsOf } from '../as-of.js';
import { page, pageSize, placeOf } from '../paging.js';
import { ReadModels } from '../read-models.js';
import type { StationRow } from '../station/station.projection.js';
import type { LogbookQuery } from './logbook.query.js';
import type { LogbookRow } from './logbook.row.js';
import { logbookStatement } from './logbook.statement.js';

type Line = AsOf & LogbookRow & { rank: number };

@Injectable()
export class LogbookReader {
  constructor(private readonly models: ReadModels) {}

  /** A page of a station's logbook, the position it is of, and the cursor of the page after it. */
  async page(
    station: StationRow,
    query: LogbookQuery,
  ): Promise<{ asOf: AsOf; rows: LogbookRow[]; next: string | null }> {
    const { cursor, limit = pageSize.usual, ...filters } = query;
    const asked = { ...filters, station: station.code };
    const place = placeOf(cursor, asked);
    const { text, values } = logbookStatement(station, query, place, limit + 1);
    const { rows } = await this.models.database.query<Line>(text, values);
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
