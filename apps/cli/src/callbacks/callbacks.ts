import { apiOf } from '../session/api.js';
import { caughtUp } from '../session/caught-up.js';
import { type Session, withStation } from '../session/session.js';

type Caller = {
  request: string;
  name: string | null;
  phone: string | null;
  flat: string | null;
  attempts: number;
  lastAttemptAt: string | null;
};

type Station = { code: string; name: string; timeZone: string };

/** The answer of `GET /v1/stations/:code/callbacks` or `GET /v1/districts/:code/callbacks`, all pages of it. */
export type Callbacks = {
  /** Of a district each item says its own. */
  station?: Station;
  district?: string;
  attempts: number;
  items: {
    id: string;
    station?: Station;
    summary: string;
    outcome: string | null;
    resolvedAt: string;
    callers: Caller[];
  }[];
};

/** Asks the station, once it knows everything that was written before. */
export async function callbacksIn(
  session: Session,
  { kind, code }: { kind: 'stations' | 'districts'; code: string },
): Promise<Callbacks> {
  return withStation(session, async ({ url }, home) => {
    const api = await apiOf(url, home, 'auditor', session.signal);
    await caughtUp(await apiOf(url, home, 'admin', session.signal), ['request', 'station'], session.signal);
    const path = `/v1/${kind}/${encodeURIComponent(code)}/callbacks?limit=200`;
    type Page = Callbacks & { next: string | null };
    const first = await api<Page>('GET', path);
    const items = [...first.items];
    for (let { next } = first; next !== null;) {
      const page: Page = await api<Page>('GET', `${path}&cursor=${next}`);
      items.push(...page.items);
      next = page.next;
    }
    return { ...first, items };
  });
}
