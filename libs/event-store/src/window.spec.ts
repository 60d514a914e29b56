import { setImmediate as turn } from 'node:timers/promises';
import { Window } from './window.js';

/** Pieces of work that are done when the spec says so. */
class Bench {
  readonly log: string[] = [];
  private readonly done = new Map<string, () => void>();

  work = (label: string) => async () => {
    this.log.push(`begin ${label}`);
    await new Promise<void>((resolve) => this.done.set(label, resolve));
    this.log.push(`end ${label}`);
  };

  async finish(label: string): Promise<void> {
    this.done.get(label)?.();
    await turn();
  }
}

describe('a window of work', () => {
  it('holds no more pieces than its size', async () => {
    const bench = new Bench();
    const window = new Window(2);
    await window.begin('a', bench.work('a'));
    await window.begin('b', bench.work('b'));
    const third = window.begin('c', bench.work('c'));
    await turn();
    expect(bench.log).toEqual(['begin a', 'begin b']);
    await bench.finish('a');
    await third;
    expect(bench.log).toEqual(['begin a', 'begin b', 'end a', 'begin c']);
    await bench.finish('b');
    await bench.finish('c');
    await window.end();
  });

  it('lets two pieces of one name follow each other', async () => {
    const bench = new Bench();
    const window = new Window(8);
    await window.begin('a', bench.work('first'));
    const again = window.begin('a', bench.work('second'));
    await turn();
    expect(bench.log).toEqual(['begin first']);
    await bench.finish('first');
    await again;
    expect(bench.log).toEqual(['begin first', 'end first', 'begin second']);
    await bench.finish('second');
    await window.end();
  });

  it('hands the first failure to whoever begins or ends after it', async () => {
    const window = new Window(1);
    await window.begin('a', () => Promise.reject(new Error('the store is gone')));
    await expect(window.begin('b', async () => undefined)).rejects.toThrow('the store is gone');
    await expect(window.end()).rejects.toThrow('the store is gone');
  });

  it('begins nothing after a failure, and ends when what was under way is done', async () => {
    const bench = new Bench();
    const window = new Window(3);
    await window.begin('a', bench.work('a'));
    await window.begin('b', () => Promise.reject(new Error('the store is gone')));
    await turn();
    await expect(window.begin('c', bench.work('c'))).rejects.toThrow('the store is gone');
    const end = window.end().catch((error: Error) => bench.log.push(error.message));
    await turn();
    expect(bench.log).toEqual(['begin a']);
    await bench.finish('a');
    await end;
    expect(bench.log).toEqual(['begin a', 'end a', 'the store is gone']);
  });
});
