import { apiOf } from '../session/api.js';
import { caughtUp } from '../session/caught-up.js';
import { type Session, withStation } from '../session/session.js';

export type TodayItem = {
  id: string;
  summary: string;
  category: string | null;
  place: { building: string | null; unit: string | null };
  holder: { name: string } | null;
  words: { zh: string; en: string };
};

type TodayList = { count: number; items: TodayItem[] };

/** The answer of `GET /v1/stations/:code/today`. */
export type Today = {
  station: { code: string; name: string };
  day: string;
  overdue: TodayList;
  dueToday: TodayList;
  awaitingAcceptance: TodayList;
  callbacks: TodayList;
};

/** Asks the station, once it knows everything that was written before. */
export async function todayAt(session: Session, code: string): Promise<Today> {
  return withStation(session, async ({ url }, home) => {
    const api = await apiOf(url, home, 'auditor', session.signal);
    await caughtUp(await apiOf(url, home, 'admin', session.signal), ['request', 'station'], session.signal);
    return api<Today>('GET', `/v1/stations/${encodeURIComponent(code)}/today?limit=200`);
  });
}
