import type { ProblemSlug } from './problem.catalogue.js';

/**
 * Something a client can be told, by its name in the catalogue. `params` fill the placeholders of its sentence, `extensions`
 * become members of the answer beside `type`, `title`, `status` and `detail` (RFC 9457, 3.2).
 */
export class Problem extends Error {
  constructor(
    readonly slug: ProblemSlug,
    readonly params: Readonly<Record<string, string | number>> = {},
    readonly extensions: Readonly<Record<string, unknown>> = {},
  ) {
    super(slug);
    this.name = 'Problem';
  }
}
