import Table from 'cli-table3';
import { apiOf } from '../session/api.js';
import { type Session, withQueries } from '../session/session.js';

export type Parked = {
  projection: string;
  stream: string;
  reason: string;
  position: string;
  records: number;
  parkedAt: string;
};

export async function listParked(session: Session, at: string | undefined): Promise<Parked[]> {
  return withQueries(session, at, async ({ url }, home) => {
    const api = await apiOf(url, home, 'admin', session.signal);
    return (await api<{ items: Parked[] }>('GET', '/v1/parked')).items;
  });
}

type Ending = { projection: string; stream: string; by: 'retry' | 'discard'; reason?: string };

/** Resolves with the number of records that left the parking. */
export async function endParking(
  session: Session,
  { projection, stream, by, reason }: Ending,
  at: string | undefined,
): Promise<number> {
  return withQueries(session, at, async ({ url }, home) => {
    const api = await apiOf(url, home, 'admin', session.signal);
    const path = `/v1/parked/${encodeURIComponent(projection)}/${encodeURIComponent(stream)}/${by}`;
    return (await api<{ records: number }>('POST', path, reason === undefined ? undefined : { reason }))
      .records;
  });
}

export function parkedTable(items: readonly Parked[]): string {
  if (items.length === 0) return 'Nothing is parked.\n';
  const table = new Table({ head: ['projection', 'stream', 'records', 'since', 'why'] });
  for (const { projection, stream, records, parkedAt, reason } of items)
    table.push([projection, stream, records, parkedAt, reason]);
  return `${table.toString()}\n`;
}
