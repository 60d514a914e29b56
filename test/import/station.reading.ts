import { EventStore } from '#event-store';
import type { StationProcess } from '../processes/station.process.js';

/** What the specs here look at of a request that the API shows. */
export type Shown = {
  id: string;
  status: string;
  open: boolean;
  category: string | null;
  summary: string;
  details: string | null;
  station: { code: string; district: string };
  place: { building: string | null; unit: string | null };
  resident: { name: string | null; phone: string | null } | null;
  residentDistrict: string | null;
  channel: string;
  lead: { name: string; kind: string } | null;
  helpers: { name: string; kind: string }[];
  holder: { name: string; kind: string } | null;
  outcome: string | null;
  loggedAt: string;
  loggedDay: string;
  loggedBy: string;
  resolvedAt: string | null;
  closedAt: string | null;
  source: { system: string; key: string };
};

export type Ask = <Answer>(path: string) => Promise<Answer>;

/** GET as an auditor of everything, seeing all that was stored when this was called. */
export async function readingOf(station: StationProcess): Promise<Ask> {
  const store = EventStore.connect(await station.eventStoreUrl(), {});
  const head = await store.head();
  await store.dispose();
  const headers = {
    authorization: `Bearer ${await station.token('auditor')}`,
    'consistency-token': `${head?.position ?? 0n}@$all`,
    prefer: 'wait=30',
  };
  return async <Answer>(path: string) => {
    // A projection has a minute of events to catch up with after a large file: 503 says not yet.
    for (const until = Date.now() + 600_000; ;) {
      const answer = await fetch(station.url + path, { headers });
      if (answer.ok) return (await answer.json()) as Answer;
      const said = await answer.text();
      if (answer.status !== 503 || Date.now() > until) throw new Error(`${path}: ${answer.status} ${said}`);
    }
  };
}

/** Every request that a filter lets through, page by page. */
export async function everyRequest(ask: Ask, filter = ''): Promise<Shown[]> {
  const all: Shown[] = [];
  for (let cursor = ''; ;) {
    const page = await ask<{ items: Shown[]; next: string | null }>(
      `/v1/requests?limit=200${filter}${cursor}`,
    );
    all.push(...page.items);
    if (page.next === null) return all;
    cursor = `&cursor=${page.next}`;
  }
}

/** `2022-01-31 12:00:00`, as clocks in the zone showed it; not by way of the program that is tested. */
export function clockIn(timeZone: string): (instant: string) => string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return (instant) => format.format(new Date(instant));
}
