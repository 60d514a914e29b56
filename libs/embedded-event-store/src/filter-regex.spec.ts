import { compileRegex } from './filter-regex.js';

function matches(source: string, text: string): boolean {
  const test = compileRegex(source);
  if (typeof test === 'string') throw new Error(test);
  return test(text);
}

describe("a filter's regular expression", () => {
  it('searches anywhere unless it is anchored', () => {
    expect(matches('b', 'abc')).toBe(true);
    expect(matches('^b', 'abc')).toBe(false);
    expect(matches('^[^$].*', '$metadata')).toBe(false);
    expect(matches('^[^$].*', 'RequestLogged')).toBe(true);
  });

  it("knows .NET's flags, anchors and categories", () => {
    expect(matches('(?i)LOGGED', 'logged')).toBe(true);
    expect(matches('\\Ab', 'ab')).toBe(false);
    expect(matches('c\\z', 'abc')).toBe(true);
    expect(matches('c\\Z', 'abc\n')).toBe(true);
    expect(matches('^\\p{L}+$', '已登记')).toBe(true);
  });

  it('gives the same answers under the time limit', () => {
    expect(matches('^(ab)+$', 'ababab')).toBe(true);
    expect(matches('^(ab)+$', 'ababa')).toBe(false);
    expect(matches('^(.)\\1$', 'aa')).toBe(true);
  });

  it('that would take for ever is given up', () => {
    const test = compileRegex('^(a+)+$') as (text: string) => boolean;
    const started = Date.now();
    expect(() => test(`${'a'.repeat(60)}!`)).toThrow(/timed out/);
    expect(Date.now() - started).toBeLessThan(2000);
  });

  it('that is none is told', () => expect(compileRegex('(')).toContain('not valid'));
});
