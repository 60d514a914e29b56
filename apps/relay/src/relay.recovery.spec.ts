import { toLogRecord } from '#topics';
import type { Progress } from './relay.checkpoints.js';
import { recover } from './relay.recovery.js';
import { Records, even, event, odd, topic } from './spec.fixture.js';

const progress = (position: number, ...ends: [offset: number, position: number][]): Progress => ({
  clusterId: 'here',
  position: BigInt(position),
  partitions: new Map(
    ends.map(([offset, at], part) => [part, { nextOffset: BigInt(offset), position: BigInt(at) }]),
  ),
});
const tail = (offset: number, position: number) => ({
  nextOffset: BigInt(offset),
  position: BigInt(position),
});

describe('where a topic ends', () => {
  let records: Records;
  beforeEach(() => {
    records = new Records();
    records.put(event(1, even), event(2, odd), event(5, even), event(7, odd), event(9, even));
  });
  const found = (known?: Progress) => recover(records.bus(), topic, known);
  const tails = new Map([
    [0, tail(3, 9)],
    [1, tail(2, 7)],
  ]);

  it('is its beginning when it is fresh', async () => {
    const fresh = await recover(new Records().bus(), topic, undefined);
    const nothing = new Map([0, 1].map((partition) => [partition, tail(0, 0)]));
    expect(fresh).toEqual({ position: 0n, tails: nothing, lost: false });
  });

  it('is read from the topic where no checkpoint is known: everything up to the least is there', async () =>
    expect(await found()).toEqual({ position: 7n, tails, lost: false }));

  it('may be beyond the checkpoint', async () =>
    expect(await found(progress(5, [2, 5], [1, 2]))).toEqual({ position: 5n, tails, lost: false }));

  it('is the checkpoint itself when nothing came after it', async () =>
    expect(await found(progress(30, [3, 9], [2, 7]))).toEqual({ position: 30n, tails, lost: false }));

  it('is the farthest record, where an older one of another relay stands behind it', async () => {
    records.put(event(5, even));
    expect((await found(progress(5, [2, 5], [1, 2]))).tails.get(0)).toEqual(tail(3, 9));
  });

  it('is found again at the next start, where nothing came after the older record', async () => {
    records.put(event(5, even));
    const { position, tails: farthest } = await found(progress(5, [2, 5], [1, 2]));
    const written = { clusterId: 'here', position, partitions: farthest };
    expect(await found(written)).toEqual({ position, tails: farthest, lost: false });
  });

  it('has lost something when the record at the checkpoint is gone', async () =>
    expect(await found(progress(12, [4, 12], [2, 7]))).toEqual({ position: 7n, tails, lost: true }));

  it('has lost something when another record stands there', async () =>
    expect(await found(progress(9, [3, 8], [2, 7]))).toEqual({ position: 7n, tails, lost: true }));

  it('has lost everything when a partition is empty', async () => {
    records.stored[1] = [];
    const { position, lost } = await found(progress(9, [3, 9], [2, 7]));
    expect([position, lost]).toEqual([0n, true]);
  });

  it('is before a hole, whatever stands behind it', async () => {
    const { value, headers, key } = toLogRecord(event(20, odd), 11n);
    records.stored[1]?.push({ value, headers, key, partition: 1, offset: 2n });
    expect((await found()).tails.get(1)).toEqual(tail(2, 7));
    expect((await found(progress(5, [2, 5], [1, 2]))).tails.get(1)).toEqual(tail(2, 7));
  });

  it('is looked for from the beginning in another cluster', async () =>
    expect(await found({ ...progress(9, [3, 9], [2, 7]), clusterId: 'elsewhere' })).toEqual({
      position: 7n,
      tails,
      lost: true,
    }));
});
