import { type Arbitrary, assert, constantFrom, date, property, string, tuple } from 'fast-check';
import { parseRequestId, requestId } from './request.id.js';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const everyCharacter = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
// The sum is modulo 31 and there are 36 characters: these cannot be told apart.
const alike = new Set(
  ['0Z', '1U', '2L', '3I', '4O'].flatMap((pair) => [pair, [...pair].toReversed().join('')]),
);

const code = string({ unit: constantFrom(...everyCharacter), minLength: 2, maxLength: 12 });
const day = date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }).map(
  (date) => date.toISOString().slice(0, 10),
);
const id = tuple(code, day, string()).map(([station, on, key]) => requestId(station, on, key));
const always = <Value>(arbitrary: Arbitrary<Value>, holds: (value: Value) => void) =>
  assert(property(arbitrary, holds));

const replaced = (text: string, index: number, character: string) =>
  text.slice(0, index) + character + text.slice(index + 1);

describe('the number of a request', () => {
  it('begins with the station and the day', () =>
    expect(requestId('YFXJ', '2026-11-22', 'a key')).toMatch(new RegExp(`^YFXJ-261122-[${alphabet}]{5}$`)));

  it('stays the same for ever: streams are found by it', () =>
    expect(requestId('YFXJ', '2026-11-22', 'a key')).toBe('YFXJ-261122-GVNYQ'));

  it('says station and day again when it is read', () =>
    always(tuple(code, day, string()), ([station, on, key]) =>
      expect(parseRequestId(requestId(station, on, key))).toEqual({
        station,
        day: on.slice(2).replaceAll('-', ''),
      }),
    ));

  it('is another for another key, day or derivation', () => {
    const numbers = [
      requestId('YFXJ', '2026-11-22', 'a key'),
      requestId('YFXJ', '2026-11-22', 'another key'),
      requestId('YFXJ', '2026-11-23', 'a key'),
      requestId('YFXJ', '2026-11-22', 'a key', 1),
      requestId('YFXJ', '2026-11-22', 'a key', 2),
    ].map((number) => number.slice(-5, -1));
    expect(new Set(numbers).size).toBe(5);
  });

  it('has another derivation where two keys meet on one number', () => {
    const keys = new Map<string, string>();
    for (let key = 0; ; key += 1) {
      const number = requestId('YFXJ', '2026-11-22', `key ${key}`);
      const first = keys.get(number);
      if (first !== undefined) {
        expect(requestId('YFXJ', '2026-11-22', `key ${key}`, 1)).not.toBe(
          requestId('YFXJ', '2026-11-22', first, 1),
        );
        return;
      }
      keys.set(number, `key ${key}`);
    }
  });

  it('notices every single wrong character but the pairs that cannot be told apart', () =>
    always(id, (number) => {
      const wrong = [...number].flatMap((right, index) =>
        [...(right === '-' ? '' : everyCharacter)]
          .filter((character) => character !== right && !alike.has(right + character))
          .map((character) => replaced(number, index, character)),
      );
      expect(wrong.filter(parseRequestId)).toEqual([]);
    }));

  it('notices any two swapped characters, the check character among them', () =>
    always(id, (number) => {
      const characters = [...number];
      const swapped = characters.flatMap((one, index) =>
        characters
          .slice(index + 1)
          .flatMap((other, distance) =>
            one === other || alike.has(one + other)
              ? []
              : [replaced(replaced(number, index, other), index + 1 + distance, one)],
          ),
      );
      expect(swapped.filter(parseRequestId)).toEqual([]);
    }));

  it.each([
    ['nothing', ''],
    ['a word', 'ice'],
    ['small letters', requestId('YFXJ', '2026-11-22', 'a key').toLowerCase()],
    ['a missing character', requestId('YFXJ', '2026-11-22', 'a key').slice(0, -1)],
    ['a space behind', `${requestId('YFXJ', '2026-11-22', 'a key')} `],
    ['a line behind', `${requestId('YFXJ', '2026-11-22', 'a key')}\n`],
    ['a code of one letter', requestId('Y', '2026-11-22', 'a key')],
    ['a code of thirteen letters', requestId('YFXJYFXJYFXJY', '2026-11-22', 'a key')],
  ])('is not %s', (_, text) => expect(parseRequestId(text)).toBeUndefined());
});
