import { apiOf } from '../session/api.js';
import { caughtUp } from '../session/caught-up.js';
import { knownDistrict } from '../session/known-district.js';
import { type Session, withStation } from '../session/session.js';

export type StatsOptions = { from?: string; to?: string; by?: string };

type Hours = { n: number; median: number | null; p90: number | null };

export type Figures = {
  logged: number;
  resolved: number;
  open: number;
  withdrawn: number;
  excluded: number;
  escalated: number;
  returned: number;
  reopened: number;
  merged: number;
  parts: number;
  rated: number;
  resolutionRate: number | null;
  hoursToFirstResponse: Hours;
  hoursToResolution: Hours;
};

/** The answer of `GET /v1/districts/:code/statistics`. */
export type Statistics = {
  district: string;
  window: { by: string; from: string | null; to: string | null };
  asOf: { position: string; recordedAt: string | null };
  whole: Figures;
  byCategory: (Figures & { category: string; listed: boolean })[];
  byDay: (Figures & { day: string })[];
  byStation: (Figures & { station: string; name: string | null })[];
};

/** Asks the station, once it knows everything that was written before. */
export async function statisticsOf(
  session: Session,
  district: string,
  { from, to, by }: StatsOptions,
): Promise<Statistics> {
  return withStation(session, async ({ url }, home) => {
    const api = await apiOf(url, home, 'admin', session.signal);
    await caughtUp(api, ['statistics', 'station'], session.signal);
    await knownDistrict(api, district);
    const asked = new URLSearchParams();
    for (const [name, value] of Object.entries({ from, to, by })) if (value) asked.set(name, value);
    const path = `/v1/districts/${encodeURIComponent(district)}/statistics`;
    return api<Statistics>('GET', `${path}?${asked}`);
  });
}
