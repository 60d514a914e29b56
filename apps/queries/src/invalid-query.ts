import { Problem, Sentence } from '#problems';

/** The problem `invalid-query` about one parameter. */
export function invalidQuery(field: string, zh: string, en: string): Problem {
  return new Problem('invalid-query', {}, { errors: [{ field, message: new Sentence(zh, en) }] });
}

/** Throws unless the first day is not after the last. */
export function checkPeriod({ from, to }: { from?: string | undefined; to?: string | undefined }): void {
  if (from !== undefined && to !== undefined && from > to) {
    throw invalidQuery('from', '不能晚于 to', 'must not be after `to`');
  }
}
