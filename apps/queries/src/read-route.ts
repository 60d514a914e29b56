import { Get, UseGuards, UseInterceptors, applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { type Action, Allow } from '#access';
import { ApiProblems, type ProblemSlug } from '#problems';
import { Consistency, KnowsWholly, Reads } from './consistency.js';
import { WellFormedQuery } from './well-formed-query.js';

type Route = {
  allow: Action;
  summary: string;
  description?: string;
  /** The type of the answer; `content` instead where it is no JSON. */
  answer?: new () => object;
  content?: string;
  reads: string[];
  /** The one of them as of whose position the answer is: it is told of nothing behind something that is still to come. */
  wholly?: string;
  problems?: ProblemSlug[];
};

/** A GET that reads projections: what every one of them takes, answers and refuses is documented here once. */
export function ReadRoute(
  path: string,
  { allow, summary, description = '', answer, content, reads, wholly, problems = [] }: Route,
): MethodDecorator {
  return applyDecorators(
    Get(path),
    Allow(allow),
    Reads(...reads),
    ...(wholly === undefined ? [] : [KnowsWholly(wholly)]),
    UseGuards(WellFormedQuery),
    UseInterceptors(Consistency),
    ApiOperation({ summary, description }),
    ApiHeader({
      name: 'Consistency-Token',
      required: false,
      description: 'From the answer to a write: waits until that write can be seen here.',
    }),
    ApiHeader({
      name: 'Prefer',
      required: false,
      description: '`wait=5`: seconds to wait for the token, 2 when absent, at most 30.',
    }),
    ApiOkResponse(
      content
        ? { content: { [content]: { schema: { type: 'string' } } } }
        : { type: answer as new () => object },
    ),
    ApiProblems('malformed-request', 'malformed-header', 'not-yet-consistent', ...problems),
  );
}
