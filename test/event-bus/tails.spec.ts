import { jest } from '@jest/globals';
import type { StoredRecord } from '#event-bus';
import { sharedKafka } from '../kafka/shared-kafka.js';
import { describeWith } from '../servers/describe-with.fixture.js';
import { busTo, freshTopic, numbers, patience, records, values } from './bus.fixture.js';

jest.setTimeout(patience);

await describeWith('Kafka', sharedKafka, "reading a topic's tails", ({ addresses }) => {
  const bus = busTo(addresses);
  let topic: string;
  beforeAll(async () => {
    topic = await freshTopic(bus, 3);
    const publisher = await bus.openPublisher(topic);
    await publisher.publish(0, records(0, 3_000));
    await publisher.publish(1, records(0, 5));
    await publisher.close();
  });

  async function read(from: [number, bigint][]): Promise<StoredRecord[]> {
    const found: StoredRecord[] = [];
    for await (const record of bus.readTails(topic, new Map(from))) found.push(record);
    return found;
  }

  it('brings each partition from its offset to its end, and ends', async () => {
    const found = await read([[0, 1_000n], [1, 3n], [2, 0n]]); // prettier-ignore
    expect(of(found, 0)).toEqual(numbers(1_000, 3_000));
    expect(of(found, 1)).toEqual(['3', '4']);
    expect(found).toHaveLength(2_002);
  });

  it('leaves partitions alone that were not asked for', async () => {
    expect(of(await read([[1, 0n]]), 0)).toEqual([]);
  });

  it.each([
    ['at its end', 5n],
    ['behind its end', 99n],
  ])('brings nothing of a partition from %s', async (_, offset) => {
    expect(await read([[1, offset]])).toEqual([]);
  });

  it('may be left before the end', async () => {
    for await (const record of bus.readTails(topic, new Map([[0, 10n]]))) {
      expect(record.offset).toBe(10n);
      break;
    }
  });

  it('ends where the partition ended at the call, though somebody goes on writing', async () => {
    const tail = bus.readTails(topic, new Map([[1, 0n]]));
    const first = await tail.next();
    const publisher = await bus.openPublisher(topic);
    await publisher.publish(1, records(5, 5));
    await publisher.close();
    const rest: StoredRecord[] = [];
    for await (const record of tail) rest.push(record);
    expect(values([first.value as StoredRecord, ...rest])).toEqual(numbers(0, 5));
  });
});

const of = (found: StoredRecord[], partition: number) =>
  values(found.filter((one) => one.partition === partition));
