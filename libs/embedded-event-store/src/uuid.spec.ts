import { shared } from './protocol.js';
import { uuidBytes, uuidText } from './uuid.js';

const TEXT = 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6';
const spelled = (text: string) => uuidBytes(new shared.UUID().setString(text));

describe('a UUID', () => {
  it('is the same in upper and lower case and in halves', () => {
    const structured = new shared.UUID.Structured()
      .setMostSignificantBits(BigInt.asIntN(64, 0xf81d4fae7dec11d0n).toString())
      .setLeastSignificantBits(BigInt.asIntN(64, 0xa76500a0c91e6bf6n).toString());
    expect(uuidText(spelled(TEXT)!)).toBe(TEXT);
    expect(spelled(TEXT.toUpperCase())).toEqual(spelled(TEXT));
    expect(uuidBytes(new shared.UUID().setStructured(structured))).toEqual(spelled(TEXT));
  });

  it.each([
    '',
    'x',
    TEXT.slice(1),
    `${TEXT}0`,
    TEXT.replace('f', 'g'),
    '00000000-0000-0000-0000-000000000000',
  ])('%j is none', (text) => expect(spelled(text)).toBeUndefined());

  it('may be missing', () => expect(uuidBytes(undefined)).toBeUndefined());
});
