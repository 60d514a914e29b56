import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth } from '@nestjs/swagger';
import { ApiProblems } from '#problems';
import type { Action } from './permissions.js';

/** Key of a route's requirement: an action, or `open`. */
export const requirement = 'yizhan:requirement';
export type Requirement = Action | 'open';

/** The route needs a token whose role may do this. Where it may do it is the route's to ask: see `authorise`. */
export function Allow(action: Action): MethodDecorator {
  return applyDecorators(
    SetMetadata(requirement, action satisfies Requirement),
    ApiBearerAuth(),
    ApiProblems('unauthenticated', 'token-expired', 'forbidden-role', 'internal', 'unavailable'),
  );
}

/** The route is for everybody. */
export function Open(): MethodDecorator {
  return SetMetadata(requirement, 'open' satisfies Requirement);
}
