import { fromDotnet } from './dotnet-regex.js';

const CASES: [pattern: string, matching: string[], other: string[]][] = [
  ['b', ['abc'], ['ac']],
  ['^[^$].*', ['RequestLogged'], ['$metadata', '']],
  ['^(?!\\$)', ['a'], ['$a']],
  ['(?i)LOGGED', ['logged'], ['log']],
  ['(?i:L)ogged', ['logged', 'Logged'], ['lOGGED']],
  ['^\\w+$', ['已登记', 'a_1'], ['a-1']],
  ['^\\W$', ['-'], ['已']],
  ['\\b登记', ['x 登记'], ['已登记']],
  ['^\\d$', ['7', '٣'], ['x']],
  ['^\\p{L}+$', ['已登记'], ['1']],
  ['^[\\w-]+$', ['已-1'], [' ']],
  ['^[a\\-z]+$', ['a-z'], ['b']],
  ['^[]a]+$', [']a'], ['[']],
  ['^[[]$', ['['], ['a']],
  ['\\Ab', ['ba'], ['ab']],
  ['c\\z', ['abc'], ['abc\n']],
  ['c\\Z', ['abc', 'abc\n'], ['abcd']],
  ['c$', ['abc', 'abc\n'], ['c\nd']],
  ['(?m)^c$', ['b\nc\nd'], ['bc']],
  ['^.$', ['\r', '\u2028'], ['\n']],
  ['(?s)^.$', ['\n'], ['']],
  ['a{2}b{x}', ['aab{x}'], ['ab']],
  ['a}]', ['a}]'], ['a']],
  ['a\\-\\/\\#b', ['a-/#b'], ['ab']],
  ['\\x41\\u0042\\t', ['AB\t'], ['AB']],
  ["^(?'twice'.)\\k<twice>$", ['aa'], ['ab']],
  ['(?n)^(a)(?<x>b)$', ['ab'], ['a']],
  ['a(?#a remark)b', ['ab'], ['a b']],
  ['^(.)\\1$', ['aa'], ['ab']],
  ['a|^b$', ['xa', 'b'], ['xb']],
];

describe("an expression in .NET's syntax", () => {
  it.each(CASES)('%j matches %j and not %j', (pattern, matching, other) => {
    const regex = fromDotnet(pattern);
    expect(matching.filter((text) => !regex.test(text))).toEqual([]);
    expect(other.filter((text) => regex.test(text))).toEqual([]);
  });

  it.each([
    '(?>a)',
    '(?(1)a|b)',
    '(?<a-b>x)',
    '(?x) a',
    'a(?i)b',
    '[a-z-[aeiou]]',
    '\\G',
    '[\\W]',
    '\\p{IsCyrillic}',
  ])('has no counterpart for %s', (pattern) =>
    expect(() => fromDotnet(pattern)).toThrow(/not supported|not valid|subtracts/),
  );

  it.each(['(', ')', 'a**', '[', '[b-a]', '\\', 'a{2,1}', '(?<1>a)'])('is not valid as %s', (pattern) =>
    expect(() => fromDotnet(pattern)).toThrow(/not valid/),
  );
});
