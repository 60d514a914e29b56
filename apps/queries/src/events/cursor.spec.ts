import { assert, bigInt, property } from 'fast-check';
import { Cursors } from './cursor.js';

const cursors = new Cursors(Buffer.alloc(32, 'secret'));
const mine = cursors.of('me');

describe('a cursor', () => {
  it('leads back to its position', () =>
    assert(
      property(bigInt({ min: -1n, max: 2n ** 63n - 1n }), (position) =>
        expect(mine.read(mine.at(position))).toBe(position),
      ),
    ));

  it('is the same for the same position, and fits into a header', () => {
    expect(mine.at(4711n)).toBe(cursors.of('me').at(4711n));
    expect(mine.at(4711n)).toMatch(/^[\w-]{48}$/);
  });

  it('is of no use to others', () =>
    expect(() => cursors.of('you').read(mine.at(1n))).toThrow('foreign-cursor'));

  it('is of no use elsewhere', () =>
    expect(() => new Cursors(Buffer.alloc(32, 'else')).of('me').read(mine.at(1n))).toThrow('unknown-cursor'));

  it('cannot be changed in any place', () => {
    const cursor = mine.at(4711n);
    for (const [place, character] of [...cursor].entries()) {
      const changed = cursor.slice(0, place) + (character === 'A' ? 'B' : 'A') + cursor.slice(place + 1);
      expect(() => mine.read(changed)).toThrow('unknown-cursor');
    }
  });

  it.each(['', 'abc', 'A'.repeat(48), 'A'.repeat(49), '冰'.repeat(48)])('is not %j', (text) =>
    expect(() => mine.read(text)).toThrow('unknown-cursor'),
  );
});
