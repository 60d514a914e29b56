import { setImmediate as turn } from 'node:timers/promises';
import { UnderWay } from './under-way.js';

/** Pieces of work that end when they are told to, and what became of each. */
function pieces() {
  const told: string[] = [];
  const ends = new Map<string, PromiseWithResolvers<void>>();
  const piece = (name: string) => async () => {
    const end = Promise.withResolvers<void>();
    ends.set(name, end);
    told.push(`${name} begins`);
    await end.promise;
    told.push(`${name} ends`);
  };
  const end = async (name: string) => {
    ends.get(name)?.resolve();
    await turn();
  };
  const fail = async (name: string) => {
    ends.get(name)?.reject(new Error(`${name} failed`));
    await turn();
  };
  return { told, piece, end, fail };
}

describe('work under way', () => {
  it('goes on side by side, up to so many pieces', async () => {
    const { told, piece, end } = pieces();
    const underWay = new UnderWay<number>(2);
    await underWay.begin(1, piece('one'));
    await underWay.begin(2, piece('two'));
    const third = underWay.begin(3, piece('three'));
    await turn();
    expect(told).toEqual(['one begins', 'two begins']);
    await end('two');
    await third;
    expect(told).toEqual(['one begins', 'two begins', 'two ends', 'three begins']);
    const over = underWay.over();
    await end('one');
    await end('three');
    await over;
    expect(told.slice(4)).toEqual(['one ends', 'three ends']);
  });

  it('takes those of one key one after the other', async () => {
    const { told, piece, end } = pieces();
    const underWay = new UnderWay<number>(2);
    await underWay.begin(1, piece('first'));
    const second = underWay.begin(1, piece('second'));
    await turn();
    expect(told).toEqual(['first begins']);
    await end('first');
    await second;
    expect(told).toEqual(['first begins', 'first ends', 'second begins']);
  });

  it('begins nothing after a failure, and waits for what is under way', async () => {
    const { told, piece, end, fail } = pieces();
    const underWay = new UnderWay<number>(2);
    await underWay.begin(1, piece('one'));
    await underWay.begin(2, piece('two'));
    await fail('one');
    await expect(underWay.begin(3, piece('three'))).rejects.toThrow('one failed');
    const over = underWay.over();
    over.catch(() => told.push('over'));
    await turn();
    expect(told).toEqual(['one begins', 'two begins']);
    await end('two');
    await expect(over).rejects.toThrow('one failed');
    expect(told).toEqual(['one begins', 'two begins', 'two ends', 'over']);
  });
});
