import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiProperty, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { catalogue, problemType, type ProblemSlug } from './problem.catalogue.js';

/** The members every problem has (RFC 9457); some slugs add their own. */
export class ProblemDocument {
  @ApiProperty({ example: 'urn:yizhan:problem:unknown-request', format: 'uri' })
  readonly type!: string;

  @ApiProperty({ example: '没有这件诉求' })
  readonly title!: string;

  @ApiProperty({ example: 404 })
  readonly status!: number;

  @ApiProperty({ description: 'A sentence in the language of Accept-Language (zh-CN, en).' })
  readonly detail!: string;

  @ApiProperty({ description: 'The path that was asked.', example: '/v1/requests/YFXJ-261122-7K3QX' })
  readonly instance!: string;

  @ApiProperty({ description: 'Also in X-Correlation-Id; find the log lines with it.', format: 'uuid' })
  readonly correlationId!: string;
}

// Members beyond the common ones, as examples for the documentation.
const extensions: Partial<Record<ProblemSlug, object>> = {
  'invalid-body': { errors: [{ field: 'summary', message: '不能为空' }] },
  'invalid-query': { errors: [{ field: 'limit', message: '不能大于 200' }] },
  'not-allowed-in-state': {
    reason: 'request-resolved',
    state: 'resolved',
    allowed: ['ContactResident', 'RecordCallback', 'Close', 'Reopen', 'Recategorise', 'Correct', 'Exclude'],
  },
  'precondition-failed': {
    revision: '3',
    events: [
      {
        type: 'Accepted',
        revision: '3',
        occurredAt: '2026-11-22T02:30:00.000Z',
        recordedAt: '2026-11-22T02:30:00.000Z',
        actor: { name: '张连生', role: 'volunteer' },
      },
    ],
  },
};

const declared = Symbol('problems');

/** Documents that a route may answer with these problems. May be used several times on one method: they add up. */
export function ApiProblems(...slugs: ProblemSlug[]): MethodDecorator {
  return (target, key, descriptor) => {
    const method = descriptor.value as object;
    const before = (Reflect.getMetadata(declared, method) ?? []) as ProblemSlug[];
    const added = [...new Set(slugs)].filter((slug) => !before.includes(slug));
    const all = [...before, ...added];
    Reflect.defineMetadata(declared, all, method);
    const statuses = [...new Set(added.map(statusOf))];
    const responses = statuses.map((status) =>
      ApiResponse({
        status,
        description: added.filter(has(status)).map(titleOf).join('; '),
        content: { 'application/problem+json': { schema, examples: examples(all.filter(has(status))) } },
      }),
    );
    applyDecorators(ApiExtraModels(ProblemDocument), ...responses)(target, key, descriptor);
  };
}

const schema = { $ref: getSchemaPath(ProblemDocument) };
const statusOf = (slug: ProblemSlug): number => catalogue[slug].status;
const titleOf = (slug: ProblemSlug): string => catalogue[slug].title.en;
const has = (status: number) => (slug: ProblemSlug) => statusOf(slug) === status;

// OpenAPI knows one response for each status, so the problems that share one become its examples.
const examples = (slugs: ProblemSlug[]) =>
  Object.fromEntries(slugs.map((slug) => [slug, { summary: titleOf(slug), value: example(slug) }]));

function example(slug: ProblemSlug): object {
  const { status, title, detail } = catalogue[slug];
  return {
    type: problemType(slug),
    title: title.zh,
    status,
    detail: detail.zh,
    instance: '/v1/…',
    correlationId: '3f0e8a52-3f0b-4f43-9d9b-5a1c7d0f1a11',
    ...extensions[slug],
  };
}
