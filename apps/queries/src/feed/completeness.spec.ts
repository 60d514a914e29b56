import * as fc from 'fast-check';
import { completeUpTo } from './completeness.js';

const at = (known: bigint, tail: bigint) => ({ known, tail });

/** Positions of the events of a partition, in a log that says of each event in which it is. */
const positionsIn = (log: readonly number[], partition: number): bigint[] =>
  log.flatMap((at, index) => (at === partition ? [BigInt(index + 1) * 10n] : []));

describe('the position up to which nothing is still to come', () => {
  it('is the newest one where every partition has what the relay had carried', () =>
    expect(completeUpTo([at(7n, 7n), at(3n, 3n)], 9n)).toBe(7n));

  it('ends before what one partition has not brought yet', () =>
    expect(completeUpTo([at(7n, 7n), at(3n, 6n)], 7n)).toBe(3n));

  it('does not wait for partitions in which there is nothing', () =>
    expect(completeUpTo([at(7n, 7n), at(-1n, 0n)], 7n)).toBe(7n));

  it('is that of the slowest partition where no relay says how far it is', () =>
    expect(completeUpTo([at(7n, 0n), at(5n, 0n)], -1n)).toBe(5n));

  it('is before the first event while one of them has brought nothing of what there is', () =>
    expect(completeUpTo([at(7n, 7n), at(-1n, 2n)], 8n)).toBe(-1n));

  const partitions = 3;
  const logs = fc.array(fc.nat(partitions - 1), { minLength: 1, maxLength: 40 });

  it('has behind it no event that is not known, whatever was carried and taken', () =>
    fc.assert(
      fc.property(
        logs,
        fc.nat(40),
        fc.array(fc.nat(40), { minLength: partitions, maxLength: partitions }),
        (log, written, taken) => {
          // The relay has written down some of what it carried; each partition has brought some of the log.
          const noted = Math.min(written, log.length);
          const each = taken.map((count, partition) => {
            const positions = positionsIn(log, partition);
            const brought = positions.slice(0, count);
            const known = brought.at(-1) ?? -1n;
            return { known, tail: positionsIn(log.slice(0, noted), partition).at(-1) ?? 0n, positions };
          });
          const complete = completeUpTo(each, noted === 0 ? -1n : BigInt(noted) * 10n);
          for (const { positions, known } of each) {
            expect(positions.filter((position) => position <= complete && position > known)).toEqual([]);
          }
        },
      ),
    ));

  it('is the newest one as soon as all is brought and written down', () =>
    fc.assert(
      fc.property(logs, (log) => {
        const each = Array.from({ length: partitions }, (_, partition) => {
          const last = positionsIn(log, partition).at(-1);
          return { known: last ?? -1n, tail: last ?? 0n };
        });
        expect(completeUpTo(each, BigInt(log.length) * 10n)).toBe(BigInt(log.length) * 10n);
      }),
    ));
});
