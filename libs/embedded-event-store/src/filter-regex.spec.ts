import { compileRegex, FilterTooSlow } from './filter-regex.js';

describe("a filter's regular expression", () => {
  it('is tested on each text of a page', () => {
    const test = compileRegex('^(a|b)+$');
    expect(typeof test === 'string' || test(['ab', 'abc', 'b', 'ab'])).toEqual([true, false, true, true]);
    expect(typeof test === 'string' || test(['abc', 'a'])).toEqual([false, true]);
  });

  it.each(['^(a+)+$', 'a?'.repeat(19) + 'a'.repeat(19) + '(a|aa)+$', '(x|xx|xxx)*y', '^(\\w+\\s?)*$'])(
    'that could take for ever is given up: %s',
    (source) => {
      const test = compileRegex(source) as (texts: string[]) => boolean[];
      const texts = ['a', 'x'].map((letter) => `${letter.repeat(39)}!`);
      expect(() => test(texts)).toThrow(FilterTooSlow);
    },
  );

  it('that is harmless on a name is still limited on a very long one', () => {
    const test = compileRegex('a*b') as (texts: string[]) => boolean[];
    expect(test(['aab'])).toEqual([true]);
    expect(() => test(['a'.repeat(500_000)])).toThrow(FilterTooSlow);
  });

  it('has its time for a whole page, so many slow texts are not slower than one', () => {
    const test = compileRegex('(.*)(.*)(.*)x$') as (texts: string[]) => boolean[];
    expect(() => test(Array.from({ length: 5000 }, (_, at) => `${at}`.padEnd(200, '-')))).toThrow(
      FilterTooSlow,
    );
  });

  it('that is none, or too long, is told', () => {
    expect(compileRegex('(')).toContain('is not valid');
    expect(compileRegex('a'.repeat(1001))).toContain('longer than 1000');
  });

  it('that would take for ever to compile is told', () => {
    expect(compileRegex('a?'.repeat(40) + 'a'.repeat(40))).toContain('more than 20 repetitions');
    expect(compileRegex('(?:|a)'.repeat(40))).toContain('more than 20 repetitions');
    expect(
      compileRegex(`^(?:${Array.from({ length: 100 }, (_, at) => `T${at}`).join('|')})$`),
    ).toBeInstanceOf(Function);
    expect(compileRegex('[?*+]\\?'.repeat(40))).toBeInstanceOf(Function);
  });
});
