import { fill, type Language, type Phrase, Sentence } from './language.js';
import { catalogue, problemType, type ProblemSlug } from './problem.catalogue.js';

/** What went wrong, before it is written in one language. A {@link Problem} is one. */
export type Finding = {
  slug: ProblemSlug;
  /** Fill the placeholders; a {@link Sentence} is said in the language of the answer. */
  params: Readonly<Record<string, unknown>>;
  extensions: Readonly<Record<string, unknown>>;
  /** A sentence more exact than the catalogue's. */
  detail?: Phrase;
  headers?: Readonly<Record<string, string>>;
};

/** `instance` is the path without the query, which may hold personal data. */
export type Occurrence = { instance: string; correlationId: string };

/** The JSON of an `application/problem+json` answer in one language; bigint is written as a decimal string. */
export function problemDocument(finding: Finding, occurrence: Occurrence, language: Language): string {
  const { status, title, detail } = catalogue[finding.slug];
  const document = {
    ...finding.extensions,
    type: problemType(finding.slug),
    title: title[language],
    status,
    detail: fill((finding.detail ?? detail)[language], finding.params, language),
    ...occurrence,
  };
  return JSON.stringify(document, (_name, value: unknown) => {
    if (value instanceof Sentence) return value[language];
    return typeof value === 'bigint' ? value.toString() : value;
  });
}
