import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export const correlationHeader = 'x-correlation-id';

const printable = /^[\x21-\x7e]{1,128}$/;
const current = new AsyncLocalStorage<string>();

/** Fastify's `genReqId`: the caller's `X-Correlation-Id` when it is 1 to 128 printable ASCII characters, else a UUID. */
export function correlationOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers[correlationHeader];
  return typeof given === 'string' && printable.test(given) ? given : randomUUID();
}

/** The correlation id of the request being answered; `undefined` outside of one. */
export function correlationId(): string | undefined {
  return current.getStore();
}

/** Runs `work` and all it awaits under a correlation id: what a feed or a command line does without a request. */
export function correlated<Result>(id: string, work: () => Result): Result {
  return current.run(id, work);
}
