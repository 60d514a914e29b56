import { HttpException } from '@nestjs/common';
import {
  KeyReused,
  LostRace,
  NotWritten,
  type Recorded,
  Rejection,
  StaleRevision,
  StreamTaken,
} from '#event-sourcing';
import type { ProblemSlug } from './problem.catalogue.js';
import type { Finding } from './problem.document.js';
import { Problem } from './problem.js';
import { explainRejection } from './rejections.js';
import { isUnreachable } from './unreachable.js';

/** Finds what to tell the client about anything that was thrown; what nobody foresaw is `internal`. */
export function recognise(error: unknown): Finding {
  if (error instanceof Problem) return error;
  if (error instanceof Rejection) return explainRejection(error);
  if (error instanceof StaleRevision) return stale(error);
  if (error instanceof KeyReused) return new Problem('idempotency-key-reused');
  if (error instanceof LostRace || error instanceof StreamTaken) return new Problem('conflict');
  if (error instanceof NotWritten) return new Problem('not-written');
  if (isUnreachable(error)) return new Problem('unavailable');
  return new Problem(ofFramework(error) ?? 'internal');
}

function stale({ current, missed }: StaleRevision): Finding {
  return {
    slug: 'precondition-failed',
    params: {},
    extensions: { revision: current, events: missed.map(headline) },
    headers: { etag: `"${current}"` },
  };
}

// Without the event's data: it may hold what the role of the client must not see.
function headline({ type, revision, occurredAt, recordedAt, metadata }: Recorded): object {
  const { name, role } = metadata.actor;
  return { type, revision, occurredAt, recordedAt, actor: { name, role } };
}

const byCode: Readonly<Record<string, ProblemSlug>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body-too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed-json',
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed-json',
};

const byStatus: Readonly<Record<number, ProblemSlug>> = {
  401: 'unauthenticated',
  403: 'forbidden-role',
  404: 'not-found-route',
  413: 'body-too-large',
  415: 'unsupported-media-type',
  503: 'unavailable',
};

// Nest wraps what Fastify throws while it reads a request and keeps the original, whose code is exact, as the cause.
function ofFramework(error: unknown): ProblemSlug | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code } = { ...(error.cause as object), ...error } as { code?: unknown };
  if (typeof code === 'string' && byCode[code]) return byCode[code];
  if (error instanceof SyntaxError || error.cause instanceof SyntaxError) return 'malformed-json';
  const status = error instanceof HttpException ? error.getStatus() : fastifyStatus(error);
  return byStatus[status] ?? (status >= 400 && status < 500 ? 'malformed-request' : undefined);
}

function fastifyStatus(error: Error): number {
  return error.name === 'FastifyError' && 'statusCode' in error ? Number(error.statusCode) : 500;
}
