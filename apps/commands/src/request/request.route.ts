import type { ProblemSlug } from '#problems';
import { type Route, CommandRoute } from '../command-route.js';
import { RequestAnswer } from './request.answer.js';

type ToRequest = Pick<Route, 'allow' | 'summary'> & { refuses?: readonly ProblemSlug[] };

/** A POST that carries a command to a request that is there already. */
export function RequestRoute(path: string, { allow, summary, refuses = [] }: ToRequest): MethodDecorator {
  return CommandRoute(path, {
    allow,
    summary,
    answer: RequestAnswer,
    refuses: ['unknown-request', 'unknown-station', ...refuses],
  });
}
