import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Asking } from '#access';
import { correlated, correlationHeader } from './correlation.js';
import { httpRequests } from './metrics.js';

/** Correlates, measures and logs every request: one line each, without the query's text and without personal data. */
export function observeRequests(fastify: FastifyInstance, logger: Logger): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.header(correlationHeader, request.id);
    correlated(request.id, done);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const { method } = request;
    const status = reply.statusCode;
    const milliseconds = reply.elapsedTime;
    httpRequests.observe({ method, route: route(request), status }, milliseconds / 1000);
    logger[status < 500 ? 'info' : 'warn'](line(request, reply), `${method} ${path(request)} ${status}`);
    done();
  });
}

function line(request: FastifyRequest, { statusCode, elapsedTime }: FastifyReply): object {
  const { principal } = request as Partial<Asking>;
  return {
    method: request.method,
    url: path(request),
    status: statusCode,
    ms: Math.round(elapsedTime * 10) / 10,
    correlationId: request.id,
    ...(principal && { role: principal.role, subject: principal.subject }),
  };
}

const path = ({ url }: FastifyRequest): string => url.split('?', 1)[0] ?? '';

// Never the address itself: every unknown one would become a time series of its own.
const route = ({ is404, routeOptions }: FastifyRequest): string =>
  is404 ? 'unmatched' : (routeOptions.url ?? 'unmatched');
