import { jest } from '@jest/globals';
import { pino } from 'pino';
import { EventBus } from '#event-bus';
import { publicTopic } from '#public-events';
import { kafkaOf } from '#station-home';
import { logTopic } from '#topics';
import { FollowerProcess } from '../consumers/follower.process.js';
import { busTo, record } from '../event-bus/bus.fixture.js';
import { startComposedKafka } from '../kafka/composed-kafka.js';
import { endProcesses } from '../processes/station.process.js';
import { describeWith } from '../servers/describe-with.fixture.js';

jest.setTimeout(180_000);

const password = 'letters4digits';
const start = () => startComposedKafka({ KAFKA_ANALYST_PASSWORD: password });

function busWith(environment: Record<string, string>): EventBus {
  const kafka = kafkaOf(environment);
  if (!kafka) throw new Error('brokers are named');
  return new EventBus({ ...kafka, clientId: 'spec', log: pino({ level: 'silent' }) });
}

await describeWith('Kafka', start, 'an analyst of the district', ({ addresses, analysts, stop }) => {
  const login = { KAFKA_BROKERS: analysts, KAFKA_SASL_USERNAME: 'analyst', KAFKA_SASL_PASSWORD: password };
  const follow = (more: string[] = []) => {
    const follower = new FollowerProcess('docs/consumers/kafka.mjs', (file) => [file, ...more], login);
    follower.start();
    return follower;
  };

  beforeAll(async () => {
    const relay = busTo(addresses);
    for (const topic of [publicTopic, logTopic]) {
      const { name } = await relay.openTopic(topic);
      const publisher = await relay.openPublisher(name);
      await publisher.publish(0, [record('{}')]);
      await publisher.close();
    }
  });
  afterAll(async () => {
    await endProcesses();
    await stop();
  });

  it('follows the public topic as the documentation says', async () => {
    const follower = follow();
    await follower.until(1);
    await follower.kill();
  });

  it.each([
    ['the log, with what residents said', logTopic.name, 'analysis-1'],
    ['anything as one of our own projections', publicTopic.name, 'yizhan.logbook@1'],
  ])('does not read %s', async (_, topic, group) => {
    const follower = follow([topic, group]);
    expect(await follower.ended()).toMatch(/[Nn]ot authorized/);
    expect(follower.lines()).toEqual([]);
  });

  it('makes no topic, and does not publish', async () => {
    const bus = busWith(login);
    const topic = { name: 'yizhan.events.v2', partitions: 1 };
    await expect(bus.openTopic(topic)).rejects.toThrow('Topic creation errors');
    await expect(bus.openPublisher(publicTopic.name)).rejects.toThrow('authorization failed');
  });

  it.each([
    ['nobody', { KAFKA_BROKERS: analysts }],
    ['a wrong password', { ...login, KAFKA_SASL_PASSWORD: 'guessed' }],
  ])('is not taken for %s', async (_, environment) => {
    await expect(busWith(environment).check()).rejects.toThrow('Kafka');
  });
});
