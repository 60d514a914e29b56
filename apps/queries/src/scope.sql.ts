import { type Action, type Principal, type Scope, reach } from '#access';
import type { Conditions } from './conditions.js';

/**
 * Leaves what the principal answers for: the same as `covers`, in SQL, over columns of these names. A handler's requests are
 * those its unit holds, leads or helps with.
 */
export function withinScope(
  conditions: Conditions,
  principal: Principal,
  action: Action,
  alias: string,
): void {
  if (reach(principal.role, action) === 'any') return;
  const { unit, ...places } = principal.scope satisfies Scope;
  conditions.and(unit && JSON.stringify([unit]), (units) => `${alias}.units @> ${units}::jsonb`);
  for (const [level, name] of Object.entries(places)) conditions.equal(`${alias}.${level}`, name);
}
