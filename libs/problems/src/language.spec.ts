import { fill, preferredLanguage, Sentence } from './language.js';

describe('the preferred language', () => {
  it.each([
    [undefined, 'zh'],
    ['', 'zh'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
    ['en', 'en'],
    ['en-US,en;q=0.9,zh-CN;q=0.8', 'en'],
    ['zh;q=0.3, en;q=0.7', 'en'],
    ['en;q=0.3, zh;q=0.7', 'zh'],
    ['en, zh', 'en'],
    ['zh, en', 'zh'],
    ['EN-gb', 'en'],
    ['fr, de;q=0.5', 'zh'],
    ['fr, en;q=0.1', 'en'],
    ['*', 'zh'],
    ['zh;q=0, *', 'en'],
    ['en;q=0, *;q=0.1', 'zh'],
    ['en;q=0', 'zh'],
    ['en;q=nonsense', 'zh'],
    ['en;q=7, zh;q=0.1', 'zh'],
    ['en-GB;q=0.2, zh;q=0.5, en-US;q=0.9', 'en'],
  ])('of %j is %s', (header, language) => {
    expect(preferredLanguage(header)).toBe(language);
  });
});

describe('a template', () => {
  it('is filled in the language asked for', () => {
    const params = { count: 3, level: new Sentence('街道', 'street') };
    expect(fill('{count} / {level}', params, 'zh')).toBe('3 / 街道');
    expect(fill('{count} / {level}', params, 'en')).toBe('3 / street');
  });

  it('keeps a placeholder that nothing fills', () => {
    expect(fill('{who}', {}, 'en')).toBe('{who}');
  });
});
