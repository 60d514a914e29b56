import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Problem } from '#problems';

/**
 * Fastify hands on what it cannot decode as it stands: half a character would be searched for as `%E5%86`, and found nowhere
 * in silence.
 */
@Injectable()
export class WellFormedQuery implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { url } = context.switchToHttp().getRequest<FastifyRequest>();
    try {
      decodeURIComponent(url.split('?').slice(1).join('?'));
      return true;
    } catch {
      throw new Problem('malformed-request');
    }
  }
}
