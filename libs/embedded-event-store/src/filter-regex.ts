import { createContext, Script, type Context } from 'node:vm';
import { fromDotnet, RefusedExpression } from './dotnet-regex.js';

/** Says of each text whether it matches. Throws FilterTooSlow. */
export type TextTest = (texts: readonly string[]) => boolean[];

/** The filter was stopped: it would have kept the node from everybody else. */
export class FilterTooSlow extends Error {
  constructor() {
    super("The filter's regular expression takes too long: simplify it, or filter by prefixes.");
  }
}

const LONGEST_EXPRESSION = 1000;
// Compiling cannot be stopped, and takes V8 twice as long for each optional part: 10 ms for 20 of them, 16 s for 40.
const MOST_REPETITIONS = 20;
const LIMIT_MS = 100;
const REMEMBERED = 1000;
const SHORT_TEXT = 256;

/**
 * The test for a regular expression in .NET's syntax, unanchored; a string says what is wrong with it. JavaScript's engine
 * backtracks, so an expression can take exponential time on a name that somebody else chose: whatever could, runs under
 * a time limit for the whole page of texts.
 */
export function compileRegex(source: string): TextTest | string {
  const regex = parsed(source);
  if (typeof regex === 'string') return regex;
  const quick = isHarmless(source);
  const remembered = new Map<string, boolean>();
  return (texts) => {
    const known = texts.map((text) =>
      quick && text.length <= SHORT_TEXT ? regex.test(text) : remembered.get(text),
    );
    const unknown = [...new Set(texts.filter((_, at) => known[at] === undefined))];
    if (unknown.length === 0) return known as boolean[];
    const results = limited(regex, unknown);
    if (remembered.size + unknown.length > REMEMBERED) remembered.clear();
    for (const [text, matches] of results) if (text.length <= SHORT_TEXT) remembered.set(text, matches);
    return texts.map((text, at) => known[at] ?? results.get(text)!);
  };
}

function parsed(source: string): RegExp | string {
  const subject = "The filter's regular expression";
  if (source.length > LONGEST_EXPRESSION)
    return `${subject} is longer than ${LONGEST_EXPRESSION} characters: use prefixes, or several subscriptions.`;
  if (repetitions(source) > MOST_REPETITIONS)
    return `${subject} has more than ${MOST_REPETITIONS} repetitions: use prefixes, or several subscriptions.`;
  try {
    return fromDotnet(source);
  } catch (error) {
    if (error instanceof RefusedExpression) return `${subject} ${error.message}: ${source}`;
    throw error;
  }
}

// What may match in more than one way: a quantifier, or an alternative that is empty. Escapes and classes are no such.
function repetitions(source: string): number {
  const bare = source.replace(/\\[^]|\[\^?\]?(?:\\[^]|[^\]\\])*\]/g, 'x');
  return bare.match(/[*+{]|(?<!\()\?|(?:\(|\(\?:|\|)(?=\|)|\|(?=\)|$)/g)?.length ?? 0;
}

// A single repetition of a single character costs at most the square of the length; groups and back references have no bound.
function isHarmless(source: string): boolean {
  return repetitions(source) <= 1 && !/\)[*+?{]|\\[1-9k]/.test(source);
}

const SCRIPT = new Script('texts.map((text) => regex.test(text))');
let context: Context | undefined;

// Only a script in a context of its own can be stopped from outside. One context serves all: the node runs one page at a time.
function limited(regex: RegExp, texts: string[]): Map<string, boolean> {
  context ??= createContext({});
  Object.assign(context, { regex, texts });
  try {
    const matches = SCRIPT.runInContext(context, { timeout: LIMIT_MS }) as boolean[];
    return new Map(texts.map((text, at) => [text, matches[at]!]));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw new FilterTooSlow();
    throw error;
  } finally {
    Object.assign(context, { regex: undefined, texts: undefined });
  }
}
