import { jest } from '@jest/globals';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWith } from '../servers/describe-with.fixture.js';
import { isComplete } from './jars.js';
import { startKafka } from './start-kafka.js';

jest.setTimeout(180_000);

await describeWith('Kafka', startKafka, 'a broker of the tests', (kafka) => {
  afterAll(() => kafka.stop());

  const [broker] = kafka.brokers;
  if (!broker) throw new Error('no broker was started');

  it('listens where it says', async () => {
    expect(await accepts(broker.address)).toBe(true);
  });

  it('comes back to the same address after it was killed', async () => {
    await broker.kill();
    expect(await accepts(broker.address)).toBe(false);
    await broker.start();
    expect(await accepts(broker.address)).toBe(true);
  });

  it('says why when it cannot start', async () => {
    await broker.kill();
    await writeFile(join(broker.data, 'meta.properties'), 'cluster.id=another');
    await expect(broker.start()).rejects.toThrow(/broker 1 ended:[^]*node ID not found/);
  });
});

it('sees that a folder of jars was not fetched to its end', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'yizhan-jars-'));
  await writeFile(join(folder, 'kafka.jar'), 'bytes');
  expect(await isComplete(folder)).toBe(false);
  await writeFile(join(folder, 'complete.json'), JSON.stringify({ 'kafka.jar': 5 }));
  expect(await isComplete(folder)).toBe(true);
  await truncate(join(folder, 'kafka.jar'), 4);
  expect(await isComplete(folder)).toBe(false);
  await rm(folder, { recursive: true });
});

function accepts(address: string): Promise<boolean> {
  const [host, port] = address.split(':');
  const socket = connect({ host: host as string, port: Number(port) });
  return new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
  }).finally(() => socket.destroy());
}
