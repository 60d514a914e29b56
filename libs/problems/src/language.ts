/** The languages answers are written in: `zh` is zh-CN. */
export type Language = 'zh' | 'en';

/** The same words in every language. */
export type Phrase = Readonly<Record<Language, string>>;

/** A phrase inside a problem's extensions: the language is chosen when the answer is written. */
export class Sentence implements Phrase {
  constructor(
    readonly zh: string,
    readonly en: string,
  ) {}
}

/** Value of `Content-Language`. */
export const languageTag = { zh: 'zh-CN', en: 'en' } as const satisfies Phrase;

/**
 * The language an `Accept-Language` header prefers (RFC 9110, 12.5.4): the higher q-value wins, among equals the one named
 * first; Chinese when neither is accepted or nothing is said.
 */
export function preferredLanguage(header: string | undefined): Language {
  const ranges = (header ?? '').split(',').map(languageRange);
  const zh = quality('zh', ranges);
  const en = quality('en', ranges);
  if (en.q !== zh.q) return en.q > zh.q ? 'en' : 'zh';
  return en.q > 0 && en.at < zh.at ? 'en' : 'zh';
}

type LanguageRange = { primary: string; q: number };

function languageRange(text: string): LanguageRange {
  const [tag = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  const q = weight === undefined ? 1 : Number(weight);
  return { primary: tag.split('-')[0] ?? '', q: q >= 0 && q <= 1 ? q : 0 };
}

// A range that names the language counts before `*`; of several regions (en-GB, en-US) the best one counts.
function quality(language: Language, ranges: LanguageRange[]): { q: number; at: number } {
  const named = ranges.filter(({ primary }) => primary === language);
  const matching = named.length > 0 ? named : ranges.filter(({ primary }) => primary === '*');
  const q = Math.max(0, ...matching.map((range) => range.q));
  return { q, at: ranges.findIndex((range) => matching.includes(range) && range.q === q) };
}

/** Replaces each `{name}` by its parameter; a placeholder without one stays as it is, so that a spec can see it. */
export function fill(
  template: string,
  params: Readonly<Record<string, unknown>>,
  language: Language,
): string {
  return template.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = params[name] ?? placeholder;
    return value instanceof Sentence ? value[language] : String(value);
  });
}
