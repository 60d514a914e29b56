import { murmur2, partitionOf } from './partition-of.js';

const bytes = (text: string) => new TextEncoder().encode(text);

// From Kafka's own UtilsTest.testMurmur2.
it.each([
  ['21', -973932308],
  ['foobar', -790332482],
  ['a-little-bit-long-string', -985981536],
  ['a-little-bit-longer-string', -1486304829],
  ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
  ['abc', 479470107],
])('hashes %s as the Java client does', (text, hash) => expect(murmur2(bytes(text))).toBe(hash));

it('takes the hash without its sign, as the Java client does', () => {
  expect(partitionOf('21', 6)).toBe((-973932308 & 0x7fffffff) % 6);
  expect(partitionOf('abc', 6)).toBe(479470107 % 6);
});

it('hashes the UTF-8 of a key, in every length of its tail', () => {
  for (const key of ['', '驿', '驿站', 'request-YFXJ-261122-7K3QX']) {
    expect(partitionOf(key, 6)).toBeGreaterThanOrEqual(0);
    expect(partitionOf(key, 6)).toBeLessThan(6);
  }
  expect(new Set(Array.from({ length: 100 }, (_, n) => partitionOf(`request-${n}`, 6))).size).toBe(6);
});
