import { createContext, Script } from 'node:vm';

const STEP_LIMIT_MS = 50;
const REMEMBERED = 10_000;
const LONG_TEXT = 256;

/**
 * The test for a regular expression in .NET's syntax, unanchored; a string says what is wrong with it.
 * An expression that could take exponential time is run under a time limit, since it would stop the whole node.
 */
export function compileRegex(source: string): ((text: string) => boolean) | string {
  let regex: RegExp;
  try {
    regex = translated(source);
  } catch {
    return `The filter's regular expression is not valid: ${source}`;
  }
  const limited = limitedTest(regex);
  const risky = isRisky(source);
  return (text) => (risky || text.length > LONG_TEXT ? limited(text) : regex.test(text));
}

// What .NET writes otherwise than JavaScript: flags in front, and the anchors \A \z \Z.
function translated(source: string): RegExp {
  const [flagged = '', flags = ''] = /^\(\?([imsn]+)\)/.exec(source) ?? [];
  const anchors: Record<string, string> = { A: '(?<![^])', z: '(?![^])', Z: '(?=\\n?(?![^]))' };
  const body = source
    .slice(flagged.length)
    .replace(/\\(.)/g, (escape, letter: string) => anchors[letter] ?? escape);
  const unicode = /\\p\{/i.test(body) ? 'u' : '';
  return new RegExp(body, flags.replace('n', '') + unicode);
}

// A repeated group or a back reference can backtrack without end; a third repetition already costs n³ steps.
function isRisky(source: string): boolean {
  const repetitions = source.match(/[*+]|\{\d+,\d*\}/g) ?? [];
  return /\)[*+{]|\\[1-9k]/.test(source) || repetitions.length > 2;
}

function limitedTest(regex: RegExp): (text: string) => boolean {
  const sandbox = createContext({ regex, text: '' });
  const script = new Script('regex.test(text)');
  const remembered = new Map<string, boolean>();
  return (text) => {
    const known = remembered.get(text);
    if (known !== undefined) return known;
    sandbox['text'] = text;
    const matches = Boolean(script.runInContext(sandbox, { timeout: STEP_LIMIT_MS }));
    if (remembered.size >= REMEMBERED) remembered.clear();
    remembered.set(text, matches);
    return matches;
  };
}
