import { PartitionLag } from './partition-lag.js';

const offsets = (...all: number[]) => new Map(all.map((offset, partition) => [partition, BigInt(offset)]));

describe('the lag over partitions', () => {
  it('is nothing when every end is reached', () => {
    const lag = new PartitionLag(0);
    lag.look(offsets(5, 7), offsets(5, 7), 1_000);
    expect([lag.events, lag.seconds(9_000)]).toEqual([0, 0]);
  });

  it('grows while one partition stands still, however the others flow', () => {
    const lag = new PartitionLag(0);
    lag.look(offsets(5, 7), offsets(5, 7), 1_000);
    lag.look(offsets(6, 9), offsets(5, 9), 2_000);
    lag.look(offsets(6, 20), offsets(5, 20), 60_000);
    expect([lag.events, lag.seconds(61_000)]).toEqual([1, 60]);
  });

  it('stays small where new events come all the time and are taken', () => {
    const lag = new PartitionLag(0);
    for (let second = 1; second <= 100; second += 1)
      lag.look(offsets(second * 10), offsets(second * 10 - 3), second * 1_000);
    expect([lag.events, lag.seconds(100_000)]).toEqual([3, 1]);
  });

  it('is told from the beginning where nothing was ever reached', () => {
    const lag = new PartitionLag(0);
    for (let second = 1; second <= 5_000; second += 1) lag.look(offsets(9), offsets(0), second * 1_000);
    expect([lag.events, lag.seconds(5_000_000)]).toEqual([9, 5_000]);
  });
});
