import { applyDecorators, HttpCode, Post } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse } from '@nestjs/swagger';
import { type Action, Allow } from '#access';
import { ApiProblems, type ProblemSlug } from '#problems';

export type Route = {
  allow: Action;
  summary: string;
  answer: new () => object;
  creates?: boolean;
  /** What this route refuses beside what they all do. */
  refuses?: readonly ProblemSlug[];
};

const headers = {
  ETag: { description: 'Revision of the stream, e.g. "3"', schema: { type: 'string' as const } },
  'Consistency-Token': {
    description: 'Send it with a read to see this write',
    schema: { type: 'string' as const },
  },
  'Idempotency-Key': { description: 'The key sent, or the one made', schema: { type: 'string' as const } },
};

/** A POST that carries a command: what every one of them takes, answers and refuses is documented here once. */
export function CommandRoute(
  path: string,
  { allow, summary, answer, creates = false, refuses = [] }: Route,
): MethodDecorator {
  const status = creates ? 201 : 200;
  return applyDecorators(
    Post(path),
    HttpCode(status),
    Allow(allow),
    ApiOperation({ summary }),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description: 'The same key with the same body gives the first answer again, for ever.',
    }),
    ...(creates
      ? []
      : [ApiHeader({ name: 'If-Match', required: false, description: 'ETag this was decided on.' })]),
    ApiResponse({ status, type: answer, headers, description: 'Durably appended, or in effect already.' }),
    ApiProblems(
      'malformed-json',
      'malformed-header',
      'invalid-body',
      'body-too-large',
      'unsupported-media-type',
      'foreign-station',
      'out-of-scope',
      'conflict',
      'idempotency-key-reused',
      'not-written',
      ...(creates ? [] : (['not-allowed-in-state', 'precondition-failed'] as const)),
      ...refuses,
    ),
  );
}
