import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerProblem, recognise } from '#problems';
import { correlationHeader, correlationOf } from './correlation.js';
import { refuseUnreadable } from './unreadable-request.js';

/** Bytes a body may have. */
export const bodyLimit = 64 * 1024;

/**
 * The Fastify adapter every app listens with: JSON bodies of at most 64 KiB, correlation ids, and problem documents even for
 * addresses that no router can read. Create the app with `bodyParser: false`, else Nest adds parsers for forms.
 */
export function httpAdapter(): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit,
    genReqId: correlationOf,
    clientErrorHandler: refuseUnreadable,
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      reply.header(correlationHeader, request.id);
      answerProblem(recognise(error), request, reply);
    },
  });
  adapter.getInstance().removeContentTypeParser('text/plain');
  return adapter;
}
