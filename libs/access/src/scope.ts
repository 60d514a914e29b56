import type { Principal, Role, Scope } from './principal.js';

/** Where something belongs. `units` are the ids of the handlers that hold or help with it. */
export type Locality = {
  station: string;
  community: string;
  street: string;
  district: string;
  units?: readonly string[];
};

/** Whether the place lies within the scope: each key of the scope names the place's own. */
export function covers({ unit, ...levels }: Scope, place: Locality): boolean {
  if (unit !== undefined && !place.units?.includes(unit)) return false;
  return (Object.keys(levels) as (keyof typeof levels)[]).every(
    (level) => levels[level] === undefined || levels[level] === place[level],
  );
}

/** Analysts and handlers see no resident's name, phone or flat. */
export function redacts(role: Role): boolean {
  return role === 'analyst' || role === 'handler';
}

/** The slug that says why a place outside the principal's scope is refused. */
export function refusal({ role }: Principal): 'foreign-station' | 'out-of-scope' {
  return role === 'volunteer' ? 'foreign-station' : 'out-of-scope';
}
