import { apiOf } from '../session/api.js';
import { caughtUp } from '../session/caught-up.js';
import { knownDistrict } from '../session/known-district.js';
import { type Session, withStation } from '../session/session.js';

export type RatesOptions = {
  from?: string;
  to?: string;
  by?: string;
  window?: string;
  policy?: string;
  asOf?: string;
};

/** `percent` has one decimal; null of nothing, which is not 0. */
export type Rate = {
  n: number;
  percent: number | null;
  interval: { low: number; high: number } | null;
};

export type RatesRow = {
  unit: string | null;
  name: string | null;
  rank: number | null;
  received: number;
  resolved: number;
  validCallbacks: number;
  contacted: number;
  resolvedByCallback: number;
  satisfied: number;
  mostlySatisfied: number;
  response: Rate;
  resolution: Rate;
  satisfaction: Rate;
  composite: number | null;
  onTime: Rate;
  resolvedLate: number;
  overdue: number;
  returns: Rate;
  reopens: Rate;
  repeats: Rate;
};

/** What is looked at here of the answer of `GET /v1/districts/:code/rates`. */
export type Rates = {
  district: string;
  window: { by: string; from: string; to: string };
  asOf: { position: string; recordedAt: string | null };
  policy: {
    version: string;
    weights: { response: number; resolution: number; satisfaction: number };
    mostlySatisfied: number;
    minimumSample: number;
    units: string[] | null;
    exclusions: string[] | null;
  };
  units: RatesRow[];
  unlisted: RatesRow;
  total: RatesRow;
  meanOfUnits: Record<'response' | 'resolution' | 'satisfaction' | 'composite', number | null>;
};

/** Asks the station, once it knows everything that was written before. */
export async function ratesOf(session: Session, district: string, options: RatesOptions): Promise<Rates> {
  return withStation(session, async ({ url }, home) => {
    const api = await apiOf(url, home, 'admin', session.signal);
    await caughtUp(api, ['rates', 'statistics', 'station'], session.signal);
    await knownDistrict(api, district);
    const { from, to, by, window, policy, asOf } = options;
    const asked = new URLSearchParams();
    for (const [name, value] of Object.entries({ from, to, by, window, policy, asOf })) {
      if (value) asked.set(name, value);
    }
    return api<Rates>('GET', `/v1/districts/${encodeURIComponent(district)}/rates?${asked}`);
  });
}
