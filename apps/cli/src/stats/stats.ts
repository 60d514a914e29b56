import { Failure } from '../failure.js';
import { type Api, apiOf } from '../session/api.js';
import { caughtUp } from '../session/caught-up.js';
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
    await mustKnow(api, district);
    const asked = new URLSearchParams();
    for (const [name, value] of Object.entries({ from, to, by })) if (value) asked.set(name, value);
    const path = `/v1/districts/${encodeURIComponent(district)}/statistics`;
    return api<Statistics>('GET', `${path}?${asked}`);
  });
}

/** Throws {@link Failure} with the districts there are where it is none of them. */
export async function mustKnow(api: Api, district: string): Promise<void> {
  const { items } = await api<{ items: { district: string }[] }>('GET', '/v1/districts');
  const known = items.map((item) => item.district);
  if (!known.includes(district)) {
    throw new Failure(
      known.length === 0
        ? 'There is no district yet: none of them has a station.'
        : `There is no district ${district}. Those there are: ${known.join(', ')}`,
      2,
    );
  }
}
