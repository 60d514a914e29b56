import { jest } from '@jest/globals';
import { type EventBus, PublishFailed, type Publisher, type StoredRecord } from '#event-bus';
import { type StartedKafka, startKafka } from '../kafka/start-kafka.js';
import { describeWith } from '../servers/describe-with.fixture.js';
import {
  Reader,
  busTo,
  contents,
  freshName,
  freshTopic,
  numbers,
  pause,
  record,
  until,
  values,
} from './bus.fixture.js';

jest.setTimeout(300_000);

const all = [0, 1, 2, 3, 4, 5];

/** Publishes 0, 1, 2 … to every partition until it is told to end; says how many were acknowledged in each. */
function load(publisher: Publisher) {
  const ending = new AbortController();
  const acknowledged = new Map<number, number>();
  const lanes = all.map(async (partition) => {
    for (let next = 0; !ending.signal.aborted; next += 5) {
      await publisher.publish(
        partition,
        [0, 1, 2, 3, 4].map((one) => record(next + one)),
      );
      acknowledged.set(partition, next + 5);
    }
  });
  return {
    acknowledged,
    least: () => Math.min(...all.map((partition) => acknowledged.get(partition) ?? 0)),
    end: () => (ending.abort(), Promise.all(lanes)),
  };
}

/** Every acknowledged record is there, the first occurrences in order; what comes twice follows its first occurrence at once. */
function expectOrderedCopy(stored: readonly StoredRecord[], acknowledged: number): void {
  const found = values(stored).map(Number);
  const firsts = found.filter((value, at) => found.indexOf(value) === at);
  expect(firsts).toEqual(numbers(0, firsts.length).map(Number));
  expect(firsts.length).toBeGreaterThanOrEqual(acknowledged);
  const doubles = found.flatMap((value, at) =>
    found.indexOf(value) === at ? [] : [at - found.indexOf(value)],
  );
  expect(doubles.filter((distance) => distance > 5)).toEqual([]); // farther than one send
}

async function expectNothingLost(bus: EventBus, topic: string, acknowledged: ReadonlyMap<number, number>) {
  const stored = await contents(bus, topic);
  for (const partition of all)
    expectOrderedCopy(stored.get(partition) ?? [], acknowledged.get(partition) ?? 0);
}

await describeWith('Kafka', startKafka, 'a broker that fails', (kafka) => {
  afterAll(() => kafka.stop());
  const bus = busTo(kafka.addresses);
  const broker = kafka.brokers[0] as StartedKafka['brokers'][0];

  it.each([
    ['killed and restarted', broker.kill, broker.start],
    ['frozen for a while', broker.pause, async () => (await pause(5_000), broker.resume())],
  ])('%s under load loses nothing that was acknowledged, and keeps the order', async (_, fail, mend) => {
    const topic = await freshTopic(bus);
    const publisher = await bus.openPublisher(topic, { deadline: 120_000 });
    const reader = await new Reader(bus, { topic, group: freshName('g') }).start();
    const work = load(publisher);
    await until(() => work.least() >= 200);
    await fail();
    const before = work.least();
    await mend();
    await until(() => work.least() >= before + 200);
    await work.end();
    await publisher.close();
    await expectNothingLost(bus, topic, work.acknowledged);
    await until(() => all.every((one) => new Set(reader.of(one)).size >= (work.acknowledged.get(one) ?? 0)));
    await reader.stop();
    const stored = await contents(bus, topic);
    for (const one of all) expect(reader.of(one)).toEqual(values(stored.get(one) ?? []));
  });

  it('breaks the publisher that waited in vain: it takes nothing more, and another goes on', async () => {
    const topic = await freshTopic(bus, 1);
    const publisher = await bus.openPublisher(topic, { deadline: 3_000 });
    await publisher.publish(0, [record(0)]);
    await broker.pause();
    const failed = publisher.publish(0, [record(1)]);
    const behind = publisher.publish(0, [record(2)]);
    await expect(failed).rejects.toThrow(PublishFailed);
    await expect(behind).rejects.toThrow(PublishFailed); // never without the one before it
    await broker.resume();
    await expect(publisher.publish(0, [record(3)])).rejects.toThrow('not acknowledged within 3000 ms');
    const another = await bus.openPublisher(topic);
    await another.publish(0, [record(4)]);
    await another.close();
    await publisher.close();
    const stored = values((await contents(bus, topic)).get(0) ?? []);
    expect(stored).not.toContain('2');
    expect(stored).not.toContain('3');
    expect(stored.filter((value) => value !== '1')).toEqual(['0', '4']); // 1 may have arrived or not
  });
});
