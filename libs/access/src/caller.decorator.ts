import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { Problem } from '#problems';
import type { Principal } from './principal.js';

/** What the guard needs of a Fastify request, and what it leaves there. */
export type Asking = {
  headers: { authorization?: string | undefined; [name: string]: string | string[] | undefined };
  socket: { remoteAddress?: string | undefined };
  principal?: Principal;
  /** When the token ends (ms since 1970): for answers that outlive it. */
  until?: number;
};

/** The principal of the request, as a parameter of a route with `@Allow`. */
export const Caller: () => ParameterDecorator = createParamDecorator(
  (_: unknown, context: ExecutionContext) => {
    const { principal } = context.switchToHttp().getRequest<Asking>();
    if (!principal) throw new Problem('unauthenticated');
    return principal;
  },
);
