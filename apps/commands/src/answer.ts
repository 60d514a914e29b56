import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type Observable, map } from 'rxjs';
import { type Write, consistencyToken } from '#event-store';

/** What a command answers with: the body, and where its stream and the log stand now. */
export class Answer<Body> {
  constructor(
    readonly body: Body,
    readonly at: Write & { revision: bigint },
    readonly location?: string,
  ) {}
}

/** Turns an {@link Answer} into body and headers. */
@Injectable()
export class AnswerHeaders implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      map((answer: unknown) => {
        if (!(answer instanceof Answer)) return answer;
        reply.header('ETag', `"${answer.at.revision}"`);
        reply.header('Consistency-Token', consistencyToken(answer.at));
        if (answer.location) reply.header('Location', answer.location);
        return answer.body as object;
      }),
    );
  }
}
