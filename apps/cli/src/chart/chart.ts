import { apiOf } from '../session/api.js';
import { caughtUp } from '../session/caught-up.js';
import { knownDistrict } from '../session/known-district.js';
import { type Session, withStation } from '../session/session.js';

/** The SVG of a month (`2026-11`, the present one without it), once the station knows everything that was written before. */
export async function chartOf(session: Session, district: string, month?: string): Promise<string> {
  return withStation(session, async ({ url }, home) => {
    const api = await apiOf(url, home, 'admin', session.signal);
    await caughtUp(api, ['statistics', 'station'], session.signal);
    await knownDistrict(api, district);
    const path = `/v1/districts/${encodeURIComponent(district)}/statistics.svg`;
    return api<string>('GET', month === undefined ? path : `${path}?month=${month}`);
  });
}
