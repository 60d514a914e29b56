import { languageTag, preferredLanguage } from './language.js';
import { catalogue } from './problem.catalogue.js';
import { type Finding, problemDocument } from './problem.document.js';

/** What is needed of a Fastify request. */
export type AskedBy = {
  id: string;
  url: string;
  method: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
};

/** What is needed of a Fastify reply. */
export type AnswerTo = {
  code(status: number): AnswerTo;
  header(name: string, value: string): AnswerTo;
  send(body: string): unknown;
};

/** Answers with a problem document in the language the request prefers. */
export function answerProblem(finding: Finding, request: AskedBy, reply: AnswerTo): void {
  const language = preferredLanguage(request.headers['accept-language']?.toString());
  const instance = request.url.split('?', 1)[0] ?? '';
  const { status, headers } = catalogue[finding.slug];
  reply.code(status);
  for (const [name, value] of Object.entries({ ...headers, ...finding.headers })) reply.header(name, value);
  reply
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('content-language', languageTag[language])
    .header('vary', 'accept-language')
    .header('cache-control', 'no-store')
    .send(problemDocument(finding, { instance, correlationId: request.id }, language));
}
