import { setTimeout } from 'node:timers/promises';
import { correlated, correlationId, correlationOf } from './correlation.js';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('the correlation id of a request', () => {
  it.each(['abc', 'YFXJ/7:3', 'x'.repeat(128)])("is the caller's own when it is printable: %s", (given) => {
    expect(correlationOf({ headers: { 'x-correlation-id': given } })).toBe(given);
  });

  it.each([undefined, '', 'x'.repeat(129), 'two words', 'line\nbreak', '编号', ['a', 'b']])(
    'is made when the caller sends %j',
    (given) => {
      const headers = given === undefined ? {} : { 'x-correlation-id': given };
      expect(correlationOf({ headers })).toMatch(uuid);
    },
  );
});

const work = (id: string, wait: number): Promise<string | undefined> =>
  correlated(id, async () => {
    await setTimeout(wait);
    return correlationId();
  });

it('a correlation id follows the work it was given, and no other', async () => {
  expect(await Promise.all([work('a', 5), work('b', 1)])).toEqual(['a', 'b']);
  expect(correlationId()).toBeUndefined();
});
