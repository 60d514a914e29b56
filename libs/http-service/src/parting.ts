import type { FastifyInstance } from 'fastify';

/**
 * Whoever is answered while the service closes learns that it was the last answer. Only connections that are idle by then are
 * closed by themselves; one that is answering would be kept for a next request, and the end would wait for it for 72 seconds.
 */
export function partFromClients(fastify: FastifyInstance): void {
  let closing = false;
  fastify.addHook('preClose', (done) => {
    closing = true;
    done();
  });
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    if (closing) reply.header('connection', 'close');
    done(null, payload);
  });
  // Streams sent their headers long before.
  fastify.addHook('onResponse', (_request, _reply, done) => {
    if (closing) setImmediate(() => fastify.server.closeIdleConnections());
    done();
  });
}
