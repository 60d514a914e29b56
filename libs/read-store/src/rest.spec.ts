import { setTimeout as sleep } from 'node:timers/promises';
import { Rest } from './rest.js';

const stays = new AbortController().signal;
const ended = async (resting: Promise<void>) =>
  Promise.race([resting.then(() => true), sleep(5).then(() => false)]);

describe('a rest', () => {
  it('ends when somebody comes to wait, and none begins as long as he does', async () => {
    const rest = new Rest();
    const resting = [rest.after(1_000, stays), rest.after(1_000, stays)];
    expect(await ended(Promise.all(resting).then(() => undefined))).toBe(false);
    const { promise, resolve } = Promise.withResolvers<string>();
    const waiting = rest.waitedFor(() => promise);
    expect(await ended(Promise.all(resting).then(() => undefined))).toBe(true);
    expect(await ended(rest.after(1_000, stays))).toBe(true);
    resolve('there it is');
    expect(await waiting).toBe('there it is');
    expect(await ended(rest.after(1_000, stays))).toBe(false);
  });

  it('is over for who waited in vain, too', async () => {
    const rest = new Rest();
    await expect(rest.waitedFor(() => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
    expect(await ended(rest.after(1_000, stays))).toBe(false);
  });

  it('ends with the signal', async () => {
    const rest = new Rest();
    const ending = new AbortController();
    const resting = rest.after(1_000, ending.signal);
    expect(await ended(resting)).toBe(false);
    ending.abort();
    expect(await ended(resting)).toBe(true);
    expect(await ended(rest.after(1_000, ending.signal))).toBe(true);
  });
});
