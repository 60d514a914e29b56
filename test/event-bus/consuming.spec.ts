import { jest } from '@jest/globals';
import { HaltPartition, type RecordBatch } from '#event-bus';
import { sharedKafka } from '../kafka/shared-kafka.js';
import { describeWith } from '../servers/describe-with.fixture.js';
import {
  Reader,
  busTo,
  freshName,
  freshTopic,
  numbers,
  patience,
  records,
  until,
  values,
} from './bus.fixture.js';

jest.setTimeout(patience);

await describeWith('Kafka', sharedKafka, 'consuming', ({ addresses }) => {
  const bus = busTo(addresses);
  const readers: Reader[] = [];
  afterEach(async () => {
    await Promise.all(readers.splice(0).map((reader) => reader.stop()));
  });

  /** `count` records in each partition: 0, 1, 2 … */
  async function filled(partitions: number, count: number): Promise<string> {
    const topic = await freshTopic(bus, partitions);
    const publisher = await bus.openPublisher(topic);
    for (let one = 0; one < partitions; one += 1) await publisher.publish(one, records(0, count));
    await publisher.close();
    return topic;
  }

  function reader(
    options: ConstructorParameters<typeof Reader>[1],
    before?: (batch: RecordBatch) => void | Promise<void>,
  ) {
    const made = new Reader(bus, options, before);
    readers.push(made);
    return made;
  }

  it('brings a partition in order, in batches of the size that was asked for', async () => {
    const topic = await filled(1, 95);
    const sizes: number[] = [];
    const one = reader(
      { topic, group: freshName('g'), batchSize: 10 },
      (batch) => void sizes.push(batch.records.length),
    );
    await one.start();
    await until(() => one.handled.length >= 95);
    expect(one.of(0)).toEqual(numbers(0, 95));
    expect(one.handled.map(({ offset }) => offset)).toEqual(numbers(0, 95).map(BigInt));
    expect(sizes).toEqual([10, 10, 10, 10, 10, 10, 10, 10, 10, 5]);
  });

  it('begins where it is told, with nothing from before', async () => {
    const topic = await filled(6, 20);
    const one = reader({ topic, group: freshName('g') });
    for (let partition = 0; partition < 5; partition += 1) one.next.set(partition, BigInt(partition * 5));
    await one.start();
    await until(() => one.handled.length >= 70);
    for (let partition = 0; partition < 5; partition += 1)
      expect(one.of(partition)).toEqual(numbers(partition * 5, 20));
    expect(one.of(5)).toEqual(numbers(0, 20)); // not named: from its beginning
  });

  it('fetches nothing while the offsets are being asked for', async () => {
    const topic = await filled(2, 5);
    const answer = Promise.withResolvers<Map<number, bigint>>();
    const one = reader({ topic, group: freshName('g'), startOffsets: () => answer.promise });
    await one.start();
    await new Promise((resolve) => setTimeout(resolve, 1_000)); // time to fetch wrongly
    expect(one.handled).toEqual([]);
    answer.resolve(
      new Map([
        [0, 4n],
        [1, 3n],
      ]),
    );
    await until(() => one.handled.length >= 3);
    expect([one.of(0), one.of(1)]).toEqual([['4'], ['3', '4']]);
  });

  it('asks again for offsets that could not be had', async () => {
    const topic = await filled(1, 5);
    let asked = 0;
    const startOffsets = async () => {
      asked += 1;
      if (asked < 3) throw new Error('the database is away');
      return new Map([[0, 2n]]);
    };
    const one = reader({ topic, group: freshName('g'), startOffsets });
    await one.start();
    await until(() => one.handled.length >= 3);
    expect(one.of(0)).toEqual(numbers(2, 5));
    expect(one.events.filter(({ kind }) => kind === 'retrying')).toMatchObject([
      { attempt: 1 },
      { attempt: 2 },
    ]);
  });

  it('brings the same records again to a handler that throws, while the others flow', async () => {
    const topic = await filled(3, 20);
    let failures = 0;
    const tried: string[][] = [];
    const one = reader({ topic, group: freshName('g'), batchSize: 5 }, ({ partition, records }) => {
      if (partition !== 1) return;
      tried.push(values(records));
      if (records[0]?.value === '5' && (failures += 1) <= 3)
        throw new TypeError('a mistake that would stop kafkajs');
    });
    await one.start();
    await until(() => one.of(0).length >= 20 && one.of(2).length >= 20);
    await until(() => one.of(1).length >= 20);
    for (const partition of [0, 1, 2]) expect(one.of(partition)).toEqual(numbers(0, 20));
    const again = [1, 2, 3, 4].map(() => numbers(5, 10));
    expect(tried).toEqual([numbers(0, 5), ...again, numbers(10, 15), numbers(15, 20)]);
    expect(one.events.filter(({ kind }) => kind === 'retrying')).toMatchObject(
      [1, 2, 3].map((attempt) => ({ partition: 1, attempt })),
    );
  });

  it('lets the others flow for as long as one fails', async () => {
    const topic = await filled(3, 20);
    const one = reader({ topic, group: freshName('g') }, ({ partition }) => {
      if (partition === 1) throw new Error('always');
    });
    await one.start();
    await until(() => one.of(0).length >= 20 && one.of(2).length >= 20);
    await until(() => one.events.filter(({ kind }) => kind === 'retrying').length >= 3);
    expect(one.of(1)).toEqual([]);
  });

  it('halts a partition until somebody resumes it, from where the offsets then say', async () => {
    const topic = await filled(2, 20);
    const group = freshName('g');
    let gap = true;
    const one = reader({ topic, group, batchSize: 5 }, ({ partition, records }) => {
      if (gap && partition === 0 && records[0]?.value === '10') throw new HaltPartition('a gap');
    });
    await one.start();
    await until(() => one.of(1).length >= 20);
    await until(() => one.consumption?.halted().get(0) === 'a gap');
    expect(one.of(0)).toEqual(numbers(0, 10));
    expect(one.events.filter(({ kind }) => kind === 'halted')).toEqual([
      { kind: 'halted', partition: 0, reason: 'a gap' },
    ]);
    gap = false;
    one.next.set(0, 12n);
    one.consumption?.resume(0);
    await until(() => one.of(0).length >= 18);
    expect(one.of(0)).toEqual([...numbers(0, 10), ...numbers(12, 20)]);
    expect(one.consumption?.halted().size).toBe(0);
  });

  it('is halted from outside between two batches', async () => {
    const topic = await filled(1, 20);
    const one = reader({ topic, group: freshName('g'), batchSize: 5 }, ({ records }) => {
      if (records[0]?.value === '5') one.consumption?.halt(0, 'asked to');
    });
    await one.start();
    await until(() => one.handled.length >= 10);
    await new Promise((resolve) => setTimeout(resolve, 1_000)); // time to go on wrongly
    expect(one.of(0)).toEqual(numbers(0, 10));
    one.consumption?.resume(0);
    await until(() => one.handled.length >= 20);
    expect(one.of(0)).toEqual(numbers(0, 20));
  });

  it('starts again at the beginning when the offset is behind the end of a log that was lost', async () => {
    const topic = await filled(1, 5);
    const one = reader({ topic, group: freshName('g') });
    one.next.set(0, 1_000n);
    await one.start();
    await until(() => one.handled.length >= 5);
    expect(one.of(0)).toEqual(numbers(0, 5));
  });

  it('ends without an error when it is stopped', async () => {
    const topic = await filled(1, 5);
    const one = await reader({ topic, group: freshName('g') }).start();
    await one.stop();
    await expect(one.consumption?.ended).resolves.toBeUndefined();
    expect(one.events.filter(({ kind }) => kind === 'failed')).toEqual([]);
  });
});
