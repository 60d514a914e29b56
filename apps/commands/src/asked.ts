import { createHash, randomUUID } from 'node:crypto';
import { type ExecutionContext, createParamDecorator } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Asking, Principal } from '#access';
import type { Metadata } from '#event-sourcing';
import { traceparentOf } from '#observability';
import { Problem, nestedTooDeeply } from '#problems';

/** Who asks for a command, and how: all that the headers say. The clock is read here and nowhere deeper. */
export type Asked = {
  caller: Principal;
  key: string;
  /** Whether the client chose the key: only then can it come again. */
  keyGiven: boolean;
  ifRevision: bigint | undefined;
  /** ISO 8601, UTC. */
  now: string;
  metadata: Omit<Metadata, 'schema' | 'occurredAt'>;
};

type Request = FastifyRequest & Asking;

export const AskedWith = createParamDecorator((_: unknown, context: ExecutionContext): Asked => {
  const request = context.switchToHttp().getRequest<Request>();
  const reply = context.switchToHttp().getResponse<FastifyReply>();
  const given = idempotencyKey(request.headers['idempotency-key']);
  const key = given ?? randomUUID();
  reply.header('Idempotency-Key', key); // on errors too: whoever retries after a 503 needs it
  const { subject, name, role, scope } = caller(request);
  const traceparent = traceparentOf(request);
  return {
    caller: caller(request),
    key,
    keyGiven: given !== undefined,
    ifRevision: expectedRevision(request.headers['if-match']),
    now: new Date().toISOString(),
    metadata: {
      $correlationId: request.id,
      $causationId: key,
      ...(traceparent !== undefined && { traceparent }),
      actor: { subject, name, role, ...(scope.station ? { station: scope.station } : {}) },
      commandHash: fingerprint(request),
    },
  };
});

function caller({ principal }: Request): Principal {
  if (!principal) throw new Problem('unauthenticated');
  return principal;
}

function idempotencyKey(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  if (typeof header !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(header)) {
    throw new Problem('malformed-header', {
      header: 'Idempotency-Key',
      form: '1 to 200 printable ASCII characters',
    });
  }
  return header;
}

function expectedRevision(header: string | undefined): bigint | undefined {
  if (header === undefined || header === '*') return undefined;
  const revision = /^(?:W\/)?"(\d{1,18})"$/.exec(header)?.[1];
  if (revision === undefined) throw new Problem('malformed-header', { header: 'If-Match', form: '"3"' });
  return BigInt(revision);
}

/** The same key with another body, or on another route, is another command. */
function fingerprint({ url, body }: FastifyRequest): string {
  return createHash('sha256')
    .update(`${url}\n${canonical(body)}`)
    .digest('base64url')
    .slice(0, 22);
}

// Clients may write the members of the same body in another order.
function canonical(value: unknown): string {
  try {
    return JSON.stringify(value, (_, part: unknown) => (isRecord(part) ? sorted(part) : part));
  } catch (error) {
    // The whole body is read before any field is checked.
    throw error instanceof RangeError ? nestedTooDeeply() : error;
  }
}

const isRecord = (value: unknown): value is object =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

const sorted = (record: object): object =>
  Object.fromEntries(Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1)));
