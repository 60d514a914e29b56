import { TOMBSTONE } from './recorded-event.js';
import { parseStreamMetadata, SOFT_DELETE, withTruncateBefore } from './stream-metadata.js';

const NOTHING = { maxCount: undefined, maxAgeMs: undefined, truncateBefore: undefined };
const parse = (text: string) => parseStreamMetadata(Buffer.from(text));

describe('stream metadata', () => {
  it('is read with the age in milliseconds', () => {
    expect(parse('{"$maxCount":5,"$maxAge":60,"$tb":7}')).toEqual({
      maxCount: 5,
      maxAgeMs: 60_000,
      truncateBefore: 7,
    });
  });

  it.each([
    '',
    'x',
    '[]',
    '"text"',
    '5',
    'null',
    '{"$maxCount":0,"$maxAge":-1}',
    '{"$maxCount":"5","$tb":1.5,"$maxAge":true}',
  ])('%j counts as none', (text) => expect(parse(text)).toEqual(NOTHING));

  it('tells a soft delete, 2^63 - 1, from the number below, which no JavaScript number can', () => {
    expect(parseStreamMetadata(SOFT_DELETE).truncateBefore).toBe(TOMBSTONE);
    expect(parse('{"$tb":9223372036854775806}').truncateBefore).toBe(TOMBSTONE - 1);
  });

  it('keeps every other number to the digit when $tb changes', () => {
    const changed = withTruncateBefore(
      Buffer.from('{"$tb":9223372036854775807,"n":12345678901234567890,"s":"甲"}'),
      3,
    );
    expect(changed?.toString()).toBe('{"$tb":3,"n":12345678901234567890,"s":"甲"}');
  });

  it('cannot change what is no object', () => {
    expect(withTruncateBefore(Buffer.from('[1]'), 3)).toBeUndefined();
  });
});
