import { Injectable } from '@nestjs/common';
import { type AsOf, type Connection, columnNames, readAsOf, tablesOf } from '#read-store';
import { ReadModels } from '../read-models.js';
import { requestProjection } from '../request/request.projection.js';
import { type RequestRow, awaitsAcceptance } from '../request/request.row.js';
import type { Span } from './day.js';

const table = `${tablesOf(requestProjection).rows} r`;
const columns = columnNames(requestProjection, 'r');

/** The first of a list, in its order, and how many there are. */
export type Counted = { count: number; rows: RequestRow[] };

export const lists = ['overdue', 'dueToday', 'awaitingAcceptance', 'callbacks'] as const;
export type TodayLists = Record<(typeof lists)[number], Counted>;

// Each is a stretch of an index that holds nothing else, in the order of that index; a spec holds the plans to that.
const stretches: Record<keyof TodayLists, { where: string; order: string; times: (span: Span) => string[] }> =
  {
    overdue: {
      where: 'r.due_at is not null and r.due_at < $2',
      order: 'due_at',
      times: ({ now }) => [now],
    },
    dueToday: {
      where: 'r.due_at is not null and r.due_at >= $2 and r.due_at < $3',
      order: 'due_at',
      times: ({ now, end }) => [now, end],
    },
    awaitingAcceptance: { where: `r.${awaitsAcceptance}`, order: 'logged_at', times: () => [] },
    callbacks: { where: 'r.callback_due', order: 'resolved_at', times: () => [] },
  };

/** The statements of a list: how many, and the first `limit` of them. */
export function todayStatements(
  list: keyof TodayLists,
  station: string,
  span: Span,
  limit: number,
): { count: string; rows: string; values: string[] } {
  const { where, order, times } = stretches[list];
  const from = `from ${table} where r.station = $1 and ${where}`;
  return {
    count: `select count(*)::integer as count ${from}`,
    rows: `select ${columns} ${from} order by r.${order}, r.id limit ${limit}`,
    values: [station, ...times(span)],
  };
}

@Injectable()
export class TodayReader {
  constructor(private readonly models: ReadModels) {}

  /** What a station has before it, all lists of one moment. */
  async lists(station: string, span: Span, limit: number): Promise<{ asOf: AsOf; lists: TodayLists }> {
    return readAsOf(this.models.database, [requestProjection], async (connection, asOf) => {
      const read: [string, Counted][] = [];
      for (const list of lists) read.push([list, await counted(connection, list, station, span, limit)]);
      return { asOf, lists: Object.fromEntries(read) as TodayLists };
    });
  }
}

async function counted(
  connection: Connection,
  list: keyof TodayLists,
  station: string,
  span: Span,
  limit: number,
): Promise<Counted> {
  const { count, rows, values } = todayStatements(list, station, span, limit);
  const shown = await connection.query<RequestRow>(rows, values);
  if (shown.rows.length < limit) return { count: shown.rows.length, rows: shown.rows };
  const all = await connection.query<{ count: number }>(count, values);
  return { count: all.rows[0]?.count ?? 0, rows: shown.rows };
}
