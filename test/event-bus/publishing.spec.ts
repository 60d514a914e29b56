import { jest } from '@jest/globals';
import { BusUnavailable, RecordTooLarge, WrongTopic } from '#event-bus';
import { sharedKafka } from '../kafka/shared-kafka.js';
import { describeWith } from '../servers/describe-with.fixture.js';
import { busTo, contents, freshName, freshTopic, patience, record, records, values } from './bus.fixture.js';

jest.setTimeout(patience);

await describeWith('Kafka', sharedKafka, 'publishing', ({ addresses }) => {
  const bus = busTo(addresses);

  it('keeps the order of a partition, whatever is under way at once', async () => {
    const topic = await freshTopic(bus);
    const publisher = await bus.openPublisher(topic);
    const calls = Array.from({ length: 60 }, (_, n) => publisher.publish(n % 6, records(n * 50, 50)));
    const offsets = await Promise.all(calls);
    await publisher.close();
    const stored = await contents(bus, topic);
    for (let partition = 0; partition < 6; partition += 1) {
      const expected = Array.from({ length: 10 }, (_, n) => records((n * 6 + partition) * 50, 50)).flat();
      expect(values(stored.get(partition) ?? [])).toEqual(expected.map(({ value }) => value));
      expect(offsets.filter((_, n) => n % 6 === partition)).toEqual(
        Array.from({ length: 10 }, (_, n) => BigInt(n * 50)),
      );
    }
  });

  it('stores key, value and headers as they are', async () => {
    const topic = await freshTopic(bus, 1);
    const publisher = await bus.openPublisher(topic);
    const sent = {
      key: 'request-驿站',
      value: '{"summary":"结冰"}',
      headers: { ce_id: '1', traceparent: '00-1' },
    };
    await publisher.publish(0, [sent]);
    await publisher.close();
    expect((await contents(bus, topic)).get(0)).toEqual([{ ...sent, partition: 0, offset: 0n }]);
  });

  it('sends more than one batch may hold', async () => {
    const topic = await freshTopic(bus, 1);
    const publisher = await bus.openPublisher(topic);
    const large = Array.from({ length: 30 }, (_, n) => record(`${n} ${'x'.repeat(100_000)}`));
    expect(await publisher.publish(0, large)).toBe(0n);
    await publisher.close();
    expect(values((await contents(bus, topic)).get(0) ?? [])).toEqual(large.map(({ value }) => value));
  });

  it('refuses a record that the topic would not take, and goes on', async () => {
    const topic = await freshTopic(bus, 1);
    const publisher = await bus.openPublisher(topic);
    await expect(publisher.publish(0, [record('x'.repeat(2_000_000))])).rejects.toThrow(RecordTooLarge);
    expect(await publisher.publish(0, [record('small')])).toBe(0n);
    await publisher.close();
  });

  it('takes nothing more after it was closed', async () => {
    const topic = await freshTopic(bus, 1);
    const publisher = await bus.openPublisher(topic);
    await publisher.close();
    await expect(publisher.publish(0, [record(1)])).rejects.toThrow('the publisher is closed');
  });
});

await describeWith('Kafka', sharedKafka, 'opening a topic', ({ addresses }) => {
  const bus = busTo(addresses);

  it('creates it once, and finds it again', async () => {
    const spec = { name: freshName('spec'), partitions: 6 };
    const [first, second] = await Promise.all([bus.openTopic(spec), bus.openTopic(spec)]);
    expect(second).toEqual(first);
    expect(await bus.openTopic({ ...spec, clusterId: first.clusterId })).toEqual(first);
    const empty = { first: 0n, end: 0n };
    expect([...(await bus.offsets(spec.name)).values()]).toEqual([empty, empty, empty, empty, empty, empty]);
  });

  it('refuses one with another number of partitions', async () => {
    const name = await freshTopic(bus, 3);
    await expect(bus.openTopic({ name, partitions: 6 })).rejects.toThrow(WrongTopic);
  });

  it('refuses another cluster', async () => {
    const spec = { name: freshName('spec'), partitions: 6, clusterId: 'another' };
    await expect(bus.openTopic(spec)).rejects.toThrow(WrongTopic);
    await expect(bus.offsets(spec.name)).rejects.toThrow(); // nor was it created there
  });
});

it('says that nobody answers', async () => {
  const bus = busTo(['127.0.0.1:1']);
  await expect(bus.check()).rejects.toThrow(BusUnavailable);
  await expect(bus.openPublisher('events')).rejects.toThrow(BusUnavailable);
  await expect(
    bus.consume({ topic: 'events', group: 'g', startOffsets: async () => new Map(), handle: async () => {} }),
  ).rejects.toThrow(BusUnavailable);
});
