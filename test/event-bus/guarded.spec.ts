import { jest } from '@jest/globals';
import { pino } from 'pino';
import { BusUnavailable, EventBus } from '#event-bus';
import { type Environment, kafkaOf } from '#station-home';
import { startGuardedKafka } from '../kafka/guarded-kafka.js';
import { describeWith } from '../servers/describe-with.fixture.js';
import { contents, freshTopic, record, values } from './bus.fixture.js';

jest.setTimeout(180_000);

await describeWith('Kafka', startGuardedKafka, 'a broker behind TLS and a login', ({ settings, stop }) => {
  afterAll(stop);
  const busWith = (more: Environment) => {
    const kafka = kafkaOf({ ...settings, ...more });
    if (!kafka) throw new Error('brokers are named');
    return new EventBus({ ...kafka, clientId: 'spec', log: pino({ level: 'silent' }) });
  };
  const mechanisms = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'];
  const noLogin = { KAFKA_SASL_USERNAME: '', KAFKA_SASL_PASSWORD: '', KAFKA_SASL_MECHANISM: '' };

  it.each(mechanisms)('is written and read with a login by %s', async (mechanism) => {
    const bus = busWith({ KAFKA_SASL_MECHANISM: mechanism });
    const topic = await freshTopic(bus, 1);
    const publisher = await bus.openPublisher(topic);
    await publisher.publish(0, [record(1), record(2)]);
    await publisher.close();
    expect(values((await contents(bus, topic)).get(0) ?? [])).toEqual(['1', '2']);
  });

  it.each<[string, Environment]>([
    ['in the clear', { KAFKA_SSL_CA: '', ...noLogin }],
    ['without its authority', { KAFKA_SSL_CA: '', KAFKA_SSL: 'true' }],
    ...mechanisms.map((mechanism): [string, Environment] => [
      `with a wrong password by ${mechanism}`,
      { KAFKA_SASL_MECHANISM: mechanism, KAFKA_SASL_PASSWORD: 'guessed' },
    ]),
  ])('is not reached %s', async (_, more) => {
    await expect(busWith(more).check()).rejects.toThrow(BusUnavailable);
  });
});
