import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { pino } from 'pino';
import { BusUnavailable, EventBus } from '#event-bus';
import { type Environment, kafkaOf } from '#station-home';
import { makeGuard } from '../kafka/guard.js';
import { startKafka } from '../kafka/start-kafka.js';
import { describeWith } from '../servers/describe-with.fixture.js';
import { contents, freshTopic, record, values } from './bus.fixture.js';

jest.setTimeout(180_000);

async function startGuarded() {
  const folder = await mkdtemp(join(tmpdir(), 'yizhan-guard-'));
  const guard = await makeGuard(folder).catch((error: Error) => ({ unavailable: error.message }));
  if ('unavailable' in guard) return guard;
  const kafka = await startKafka({ guard });
  if ('unavailable' in kafka) return kafka;
  const authority = join(folder, 'ca.pem');
  await writeFile(authority, guard.ca);
  const settings: Environment = {
    KAFKA_BROKERS: kafka.addresses.join(','),
    KAFKA_SSL_CA: authority,
    KAFKA_SASL_USERNAME: guard.username,
    KAFKA_SASL_PASSWORD: guard.password,
  };
  const stop = async () => {
    await kafka.stop();
    await rm(folder, { recursive: true });
  };
  return { settings, stop };
}

await describeWith('Kafka', startGuarded, 'a broker behind TLS and a login', ({ settings, stop }) => {
  afterAll(stop);
  const busWith = (more: Environment) => {
    const kafka = kafkaOf({ ...settings, ...more });
    if (!kafka) throw new Error('brokers are named');
    return new EventBus({ ...kafka, clientId: 'spec', log: pino({ level: 'silent' }) });
  };

  it('is written and read with the settings for it', async () => {
    const bus = busWith({});
    const topic = await freshTopic(bus, 1);
    const publisher = await bus.openPublisher(topic);
    await publisher.publish(0, [record(1), record(2)]);
    await publisher.close();
    expect(values((await contents(bus, topic)).get(0) ?? [])).toEqual(['1', '2']);
  });

  it.each<[string, Environment]>([
    ['in the clear', { KAFKA_SSL_CA: '', KAFKA_SASL_USERNAME: '', KAFKA_SASL_PASSWORD: '' }],
    ['without its authority', { KAFKA_SSL_CA: '', KAFKA_SSL: 'true' }],
    ['with a wrong password', { KAFKA_SASL_PASSWORD: 'guessed' }],
  ])('is not reached %s', async (_, more) => {
    await expect(busWith(more).check()).rejects.toThrow(BusUnavailable);
  });
});
