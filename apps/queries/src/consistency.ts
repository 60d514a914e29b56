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
import { Completeness } from './feed/completeness.js';
import { ReadModels } from './read-models.js';

const key = 'yizhan:reads';
const wholeKey = 'yizhan:knows-wholly';

/** The projections a route reads: it waits for them where the client asks for its own write. */
export const Reads = (...projections: string[]): MethodDecorator => SetMetadata(key, projections);

/** The projection of a route whose answers are as of one position of `$all`, with nothing before it missing. */
export const KnowsWholly = (projection: string): MethodDecorator => SetMetadata(wholeKey, projection);

const patience = { usual: 2, most: 30 }; // seconds

/**
 * Read your own write: a `Consistency-Token` is waited for, at most `Prefer: wait=<seconds>`, and what has not arrived by
 * then is a problem and no stale answer.
 */
@Injectable()
export class Consistency implements NestInterceptor {
  constructor(
    private readonly models: ReadModels,
    private readonly completeness: Completeness,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const projections = Reflect.getMetadata(key, context.getHandler()) as string[] | undefined;
    if (!projections) return next.handle();
    const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
    const write = tokenOf(headers['consistency-token']);
    const wait = waitOf(headers['prefer']) * 1_000;
    const whole = Reflect.getMetadata(wholeKey, context.getHandler()) as string | undefined;
    const ready = this.ready(projections, write, wait).then(() => this.wholly(whole, write, wait));
    return from(ready).pipe(switchMap(() => next.handle()));
  }

  private async ready(projections: string[], write: Write | undefined, wait: number): Promise<void> {
    const running = this.models.projections;
    if (!write) {
      // Just started: what has been served before is back in a moment.
      const served = await Promise.all(projections.map((name) => running.servedWithin(name, wait)));
      const building = projections.filter((_, index) => !served[index]);
      if (building.length > 0) throw new Problem('unavailable', {}, { building });
      return;
    }
    const reached = await Promise.all(projections.map((name) => running.waitFor(name, write, wait)));
    if (!reached.every(Boolean)) throw new Problem('not-yet-consistent');
  }

  private async wholly(
    projection: string | undefined,
    write: Write | undefined,
    wait: number,
  ): Promise<void> {
    if (projection === undefined || !write) return;
    const known = await this.completeness.reaches(projection, write.position, wait);
    if (!known) throw new Problem('not-yet-consistent');
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
