import { jest } from '@jest/globals';
import { type RecordBatch, partitionOf } from '#event-bus';
import { sharedKafka } from '../kafka/shared-kafka.js';
import { describeWith } from '../servers/describe-with.fixture.js';
import {
  Reader,
  busTo,
  freshName,
  freshTopic,
  numbers,
  patience,
  pause,
  record,
  records,
  until,
  values,
} from './bus.fixture.js';

jest.setTimeout(patience);

await describeWith('Kafka', sharedKafka, 'members of a group', ({ addresses }) => {
  const bus = busTo(addresses);
  const readers: Reader[] = [];
  afterEach(async () => {
    await Promise.all(readers.splice(0).map((reader) => reader.stop()));
  });

  const all = [0, 1, 2, 3, 4, 5];

  async function publishToAll(topic: string, from: number, count: number): Promise<void> {
    const publisher = await bus.openPublisher(topic);
    await Promise.all(all.map((partition) => publisher.publish(partition, records(from, count))));
    await publisher.close();
  }

  /** Members that keep their offsets in one place, as projections keep them in one database. */
  function members(
    topic: string,
    before: (batch: RecordBatch, reader: Reader) => void | Promise<void> = () => undefined,
  ) {
    const group = freshName('g');
    const next = new Map<number, bigint>();
    const startOffsets = async () => {
      await pause(50); // as far as a database
      return new Map(next);
    };
    return async () => {
      const reader = new Reader(
        bus,
        { topic, group, batchSize: 10, sessionTimeout: 6_000, startOffsets },
        async (batch, one) => {
          await before(batch, one);
          next.set(batch.partition, (batch.records.at(-1)?.offset ?? 0n) + 1n);
        },
      );
      readers.push(reader);
      return reader.start();
    };
  }

  it('share the partitions, and the second begins where the first was', async () => {
    const topic = await freshTopic(bus);
    await publishToAll(topic, 0, 30);
    const join = members(topic);
    const one = await join();
    await until(() => one.handled.length >= 180);
    expect([...one.assigned()].sort()).toEqual(all);
    const two = await join();
    await until(() => shared(one, two));
    expect(one.events.filter(({ kind }) => kind === 'rebalancing').length).toBeGreaterThan(0);
    await publishToAll(topic, 30, 30);
    await until(() => one.handled.length + two.handled.length >= 360);
    for (const partition of all) {
      expect([...one.of(partition), ...two.of(partition)]).toEqual(numbers(0, 60));
      const owner = two.assigned().includes(partition) ? two : one;
      expect(owner.of(partition).slice(-30)).toEqual(numbers(30, 60));
    }
  });

  it('take over from one that leaves', async () => {
    const topic = await freshTopic(bus);
    const join = members(topic);
    const [one, two] = [await join(), await join()];
    await until(() => shared(one, two));
    await publishToAll(topic, 0, 30);
    await until(() => one.handled.length + two.handled.length >= 180);
    await two.stop();
    await until(() => one.assigned().length === 6);
    await publishToAll(topic, 30, 30);
    await until(() => one.handled.length + two.handled.length >= 360);
    for (const partition of all) {
      expect([...one.of(partition), ...two.of(partition)].sort((a, b) => Number(a) - Number(b))).toEqual(
        numbers(0, 60),
      );
      expect(one.of(partition).slice(-30)).toEqual(numbers(30, 60));
    }
  });

  it('lose and double nothing when the group changes while batches are open', async () => {
    const topic = await freshTopic(bus);
    await publishToAll(topic, 0, 200);
    const join = members(topic, () => pause(60));
    const one = await join();
    await until(() => one.handled.length > 100);
    const two = await join(); // one is at work on the rest of what it fetched
    await until(() => two.handled.length > 50);
    const three = await join();
    await until(() => three.handled.length > 20);
    await three.stop();
    await until(() => one.handled.length + two.handled.length + three.handled.length >= 1_200);
    await pause(500); // time for a double
    for (const partition of all) {
      const handled = [one, two, three].flatMap((reader) => reader.of(partition));
      expect(handled.map(Number).sort((a, b) => a - b)).toEqual(numbers(0, 200).map(Number));
      for (const reader of [one, two, three]) expect(isAscending(reader.of(partition))).toBe(true);
    }
  });

  it('are told that a batch was theirs in a time that is over', async () => {
    const topic = await freshTopic(bus);
    await publishToAll(topic, 0, 10);
    const signals: AbortSignal[] = [];
    const join = members(topic, ({ signal }) => void signals.push(signal));
    const one = await join();
    await until(() => one.handled.length >= 60);
    expect(signals.some(({ aborted }) => aborted)).toBe(false);
    const two = await join();
    await until(() => shared(one, two));
    expect(signals.every(({ aborted }) => aborted)).toBe(true);
  });

  it('spread the keys of a topic over its partitions as any client would', async () => {
    const topic = await freshTopic(bus);
    const publisher = await bus.openPublisher(topic);
    const keys = Array.from({ length: 60 }, (_, n) => `request-${n}`);
    for (const key of keys) await publisher.publish(partitionOf(key, 6), [record(1, key)]);
    await publisher.close();
    const one = await members(topic)();
    await until(() => one.handled.length >= 60);
    for (const { key, partition } of one.handled) expect(partition).toBe(partitionOf(key, 6));
    expect(values(one.handled)).toHaveLength(60);
  });
});

const isAscending = (texts: readonly string[]) =>
  texts.every((text, at) => at === 0 || Number(text) > Number(texts[at - 1]));

const shared = (one: Reader, two: Reader) =>
  one.assigned().length === 3 &&
  two.assigned().length === 3 &&
  new Set([...one.assigned(), ...two.assigned()]).size === 6;
