import { catalogue, problemType, type ProblemSlug } from './problem.catalogue.js';

describe.each(Object.entries(catalogue))('the problem %s', (slug, { status, title, detail, headers }) => {
  it('speaks both languages', () => {
    for (const words of [title, detail]) {
      expect(words.zh).toMatch(/[\u4e00-\u9fff]/);
      expect(words.en).toMatch(/^[A-Z][\x20-\x7e]+$/);
    }
  });

  it('has an error status and a stable type', () => {
    expect(status >= 400 && status < 600).toBe(true);
    expect(problemType(slug as ProblemSlug)).toBe(`urn:yizhan:problem:${slug}`);
  });

  it('carries the headers its status asks for', () => {
    if (status === 401) expect(headers?.['www-authenticate']).toMatch(/^Bearer /);
    if (status === 503) expect(Number(headers?.['retry-after'])).toBeGreaterThan(0);
    if (status < 500 && status !== 401) expect(headers).toBeUndefined();
  });
});
