import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Broker, createBroker } from './broker.js';
import type { Guard, More, Node } from './broker.properties.js';
import { kafkaJars } from './jars.js';

export type StartedKafka = {
  /** `host:port` of every broker. */
  addresses: string[];
  brokers: Broker[];
  /** What our processes need in their environment to reach it. */
  settings: Record<string, string>;
  stop: () => Promise<void>;
};

export type KafkaOptions = {
  /** Three replicate every topic three times and take writes while one is away. */
  size?: 1 | 3;
  /** The process whose end ends the brokers; this one by default. */
  watched?: number;
  /** Clients need TLS and a login; see guard.ts. */
  guard?: Guard;
  /** Laid over the properties that a broker of the tests has. */
  more?: More;
};

/** A cluster of one's own, to break: Apache Kafka on free ports of the loopback, in a fresh folder. */
export async function startKafka({
  size = 1,
  watched = process.pid,
  guard,
  more,
}: KafkaOptions = {}): Promise<StartedKafka | { unavailable: string }> {
  let jars: string;
  try {
    jars = await kafkaJars();
  } catch (error) {
    return { unavailable: error instanceof Error ? error.message : String(error) };
  }
  const folder = await mkdtemp(join(tmpdir(), 'yizhan-kafka-'));
  const brokers: Broker[] = [];
  const stop = async () => {
    // One may be dead already, or be kept from dying by a pause.
    await Promise.all(brokers.map((broker) => broker.kill().catch(() => undefined)));
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const cluster = await nodes(size, folder);
    const clusterId = randomBytes(16).toString('base64url');
    for (const node of cluster)
      brokers.push(await createBroker({ node, cluster, jars, watched, guard, more }, clusterId));
    await Promise.all(brokers.map((broker) => broker.start()));
    const addresses = brokers.map(({ address }) => address);
    return { addresses, brokers, settings: { KAFKA_BROKERS: addresses.join(',') }, stop };
  } catch (error) {
    await stop();
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { unavailable: missingJava };
    throw error;
  }
}

const missingJava = 'there is no java: install a Java runtime, 17 or later (openjdk-17-jre-headless)';

async function nodes(size: number, folder: string): Promise<Node[]> {
  const ports = await freePorts(2 * size);
  return Array.from({ length: size }, (_, index) => ({
    id: index + 1,
    port: ports[2 * index] as number,
    controllerPort: ports[2 * index + 1] as number,
    folder: join(folder, `broker-${index + 1}`),
  }));
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}
