/** Why an expression is not taken. Its message ends a sentence that begins with "The filter's regular expression". */
export class RefusedExpression extends Error {}

type Options = { anyChar: string; lineStart: string; lineEnd: string; capture: string };
type Rule = [token: RegExp, translate: (match: RegExpExecArray, options: Options) => string];

// A word in .NET is a word in any script; in JavaScript an English one.
const WORD = '\\p{L}\\p{Mn}\\p{Nd}\\p{Pc}';
const ESCAPES: Record<string, string> = {
  A: '(?<![^])',
  z: '(?![^])',
  Z: '(?=\\n?(?![^]))',
  b: `(?:(?<=[${WORD}])(?![${WORD}])|(?<![${WORD}])(?=[${WORD}]))`,
  B: `(?:(?<=[${WORD}])(?=[${WORD}])|(?<![${WORD}])(?![${WORD}]))`,
  w: `[${WORD}]`,
  W: `[^${WORD}]`,
};
// A hyphen needs its escape in a class only, and may not have one elsewhere.
const ESCAPES_IN_CLASS: Record<string, string> = { w: WORD, b: '\\b', '-': '\\-' };
const ESCAPES_ANYWHERE: Record<string, string> = { d: '\\p{Nd}', D: '\\P{Nd}', a: '\\x07', e: '\\x1b' };
const SAME_IN_BOTH = /^(?:[sSnrtvf0]|[pP]\{.*|x.+|u.+|c.)$/;
const ESCAPE = /\\([pP]\{\w*\}|x[\da-f]{2}|u[\da-f]{4}|c[a-z]|[^])/iy;

const RULES: Rule[] = [
  [/\(\?#[^)]*\)/y, () => ''],
  [/\((?!\?)/y, (_, { capture }) => capture],
  [/\(\?(?:[:=!]|<[=!]|-?i:)/y, ([group]) => group],
  [/\(\?(?:<(\w+)>|'(\w+)')/y, ([, name, quoted]) => `(?<${name ?? quoted}>`],
  [/\(\?/y, () => refuse('has a kind of group that is not supported')],
  [/\[(\^?)(\]?(?:\\[^]|[^\]\\])*)\]/y, ([, not, members]) => `[${not}${translateClass(members!)}]`],
  [/\\(?:[1-9]\d?|k<\w+>)/y, ([reference]) => reference],
  [ESCAPE, ([, escape]) => translateEscape(escape!, ESCAPES)],
  [/\{\d+(?:,\d*)?\}/y, ([quantifier]) => quantifier],
  [/[{}\]]/y, ([brace]) => `\\${brace}`],
  [/\./y, (_, { anyChar }) => anyChar],
  [/\^/y, (_, { lineStart }) => lineStart],
  [/\$/y, (_, { lineEnd }) => lineEnd],
  [/[^]/y, ([character]) => character],
];

/**
 * An expression in .NET's syntax, as EventStoreDB takes it, in JavaScript's. Throws RefusedExpression for what has no
 * counterpart: atomic, conditional and balancing groups, class subtraction, options other than `imsn` at the start.
 */
export function fromDotnet(pattern: string): RegExp {
  const [start = '', flags = ''] = /^\(\?([imsn]+)\)/.exec(pattern) ?? [];
  const options: Options = {
    anyChar: flags.includes('s') ? '[^]' : '[^\\n]',
    lineStart: flags.includes('m') ? '(?<![^\\n])' : '(?<![^])',
    lineEnd: flags.includes('m') ? '(?![^\\n])' : '(?=\\n?(?![^]))',
    capture: flags.includes('n') ? '(?:' : '(',
  };
  let source = '';
  for (let at = start.length; at < pattern.length;) {
    const [match, translate] = nextToken(pattern, at);
    source += translate(match, options);
    at += match[0].length;
  }
  try {
    return new RegExp(source, flags.includes('i') ? 'iu' : 'u');
  } catch {
    throw new RefusedExpression('is not valid');
  }
}

function nextToken(pattern: string, at: number): [RegExpExecArray, Rule[1]] {
  for (const [token, translate] of RULES) {
    token.lastIndex = at;
    const match = token.exec(pattern);
    if (match) return [match, translate];
  }
  return refuse('is not valid');
}

function translateClass(members: string): string {
  if (members.includes('-[')) return refuse('subtracts one class of characters from another');
  return members.replace(
    /\\([pP]\{\w*\}|x[\da-f]{2}|u[\da-f]{4}|c[a-z]|[^])|[[\]]/gi,
    (token, escape?: string) =>
      escape === undefined ? `\\${token}` : translateEscape(escape, ESCAPES_IN_CLASS),
  );
}

function translateEscape(escape: string, special: Record<string, string>): string {
  const known = special[escape] ?? ESCAPES_ANYWHERE[escape];
  if (known !== undefined) return known;
  if (SAME_IN_BOTH.test(escape) || /^[$()*+./?[\\\]^{|}]$/.test(escape)) return `\\${escape}`;
  if (/^\w/.test(escape)) return refuse(`has the escape \\${escape}, which is not supported here`);
  return escape;
}

function refuse(reason: string): never {
  throw new RefusedExpression(reason);
}
