import { type Principal, covers } from '#access';
import type { EventsQuery } from './events.query.js';
import type { Published } from './publishing.js';

/** Who follows, and what of it. */
export type Selection = Pick<EventsQuery, 'type' | 'district' | 'station'> & { principal: Principal };

/** Whether the event is one of those. What belongs to no known place is for those only who see every place. */
export function selects(selection: Selection, { name, place }: Published): boolean {
  const { principal, type, district, station } = selection;
  const within = place ? covers(principal.scope, place) : Object.keys(principal.scope).length === 0;
  return (
    within &&
    (type === undefined || type.includes(name)) &&
    (district === undefined || place?.district === district) &&
    (station === undefined || place?.station === station)
  );
}

/** The same text for the same subscriber with the same filters, whatever their order. */
export function ownerOf({ principal, type, district, station }: Selection): string {
  const { subject, role, scope } = principal;
  const places = Object.entries(scope).sort(([one], [other]) => (one < other ? -1 : 1));
  const types = type && [...new Set(type)].sort();
  return JSON.stringify([subject, role, places, types ?? null, district ?? null, station ?? null]);
}
