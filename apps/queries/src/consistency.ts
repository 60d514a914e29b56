import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  SetMetadata,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type Observable, from, switchMap } from 'rxjs';
import { type Write, parseConsistencyToken } from '#event-store';
import { Problem } from '#problems';
import { ReadModels } from './read-models.js';

const key = 'yizhan:reads';

/** The projections a route reads: it waits for them where the client asks for its own write. */
export const Reads = (...projections: string[]): MethodDecorator => SetMetadata(key, projections);

const patience = { usual: 2, most: 30 }; // seconds

/**
 * Read your own write: a `Consistency-Token` is waited for, at most `Prefer: wait=<seconds>`, and what has not arrived by
 * then is a problem and no stale answer.
 */
@Injectable()
export class Consistency implements NestInterceptor {
  constructor(private readonly models: ReadModels) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const projections = Reflect.getMetadata(key, context.getHandler()) as string[] | undefined;
    if (!projections) return next.handle();
    const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
    const write = tokenOf(headers['consistency-token']);
    const wait = waitOf(headers['prefer']) * 1_000;
    return from(this.ready(projections, write, wait)).pipe(switchMap(() => next.handle()));
  }

  private async ready(projections: string[], write: Write | undefined, wait: number): Promise<void> {
    const running = this.models.projections;
    const unserved = projections.find((name) => !running.isServed(name));
    if (unserved && !write) throw new Problem('unavailable', {}, { building: unserved });
    if (!write) return;
    const reached = await Promise.all(projections.map((name) => running.waitFor(name, write, wait)));
    if (!reached.every(Boolean)) throw new Problem('not-yet-consistent');
  }
}

function tokenOf(header: string | string[] | undefined): Write | undefined {
  if (header === undefined) return undefined;
  const write = typeof header === 'string' ? parseConsistencyToken(header) : undefined;
  if (!write) throw new Problem('malformed-header', { header: 'Consistency-Token', form: '4711@request-…' });
  return write;
}

// RFC 7240: preferences come in one header or several, and what cannot be read is ignored.
function waitOf(header: string | string[] | undefined): number {
  const wait = /(?:^|[,;]\s*)wait\s*=\s*"?(\d{1,6})"?\s*(?:[,;]|$)/i.exec([header].flat().join(','))?.[1];
  return wait === undefined ? patience.usual : Math.min(Number(wait), patience.most);
}
