import * as fc from 'fast-check';
import { RecordTooLarge } from './publisher.js';
import { sendsOf } from './sends.js';

const record = (value: string) => ({ key: 'request-1', value, headers: { ce_id: '1' } });

it('keeps every record in its order, a thousand at most in a send', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 300 }), { maxLength: 2_500 }), (values) => {
      const sends = sendsOf(values.map(record), 10_000);
      expect(sends.flat().map(({ value }) => value)).toEqual(values);
      expect(sends.every(({ length }) => length > 0 && length <= 1_000)).toBe(true);
    }),
    { numRuns: 30 },
  );
});

it('cuts before a send grows too large for the topic', () => {
  const sends = sendsOf(
    Array.from({ length: 9 }, () => record('x'.repeat(3_000))),
    10_000,
  );
  expect(sends.map(({ length }) => length)).toEqual([3, 3, 3]);
});

it('counts bytes, not characters', () => {
  expect(sendsOf([record('驿'.repeat(1_500)), record('驿'.repeat(1_500))], 5_000)).toHaveLength(2);
});

it('refuses a record that fits no send', () => {
  expect(() => sendsOf([record('small'), record('x'.repeat(10_000))], 10_000)).toThrow(RecordTooLarge);
});
