import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Problem } from '#problems';
import { requirement, type Requirement } from './allow.decorator.js';
import type { Asking } from './caller.decorator.js';
import { reach } from './permissions.js';
import { TokenVerifier } from './token.verifier.js';

/** Stands before every route: no `@Allow`, no `@Open`, no entry. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly tokens: TokenVerifier) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const needed = Reflect.getMetadata(requirement, context.getHandler()) as Requirement | undefined;
    if (needed === 'open') return true;
    const request = context.switchToHttp().getRequest<Asking>();
    const { principal, until } = await this.tokens.admit(bearer(request.headers.authorization));
    Object.assign(request, { principal, until } satisfies Partial<Asking>);
    if (!needed || !reach(principal.role, needed)) throw new Problem('forbidden-role');
    return true;
  }
}

// RFC 6750, 2.1; the scheme's name is case-insensitive. Tokens in query strings end up in logs: there is no other way in.
function bearer(header: string | undefined): string {
  const token = /^bearer +([\w.~+/=-]+)$/i.exec(header ?? '')?.[1];
  if (!token) throw new Problem('unauthenticated');
  return token;
}
