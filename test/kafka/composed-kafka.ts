import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { composed, district } from '../docker/compose.js';
import { freePort } from '../operation/free-port.js';
import { kafkaJars } from './jars.js';
import { type StartedKafka, startKafka } from './start-kafka.js';

const run = promisify(execFile);

export type ComposedKafka = StartedKafka & { analysts: string };

/**
 * A broker with every setting that docker/compose.yaml gives its own, on other ports, after the access list was made as it is
 * made there. `analysts`: `host:port` of the listener for them.
 */
export async function startComposedKafka(
  variables: Record<string, string>,
): Promise<ComposedKafka | { unavailable: string }> {
  const { kafka, 'access-list': accessList } = composed([district], variables).services;
  const analysts = await freePort();
  const started = await startKafka({
    more: ({ port, controllerPort, folder }) => {
      const ports: Record<string, number> = { 9092: port, 9093: controllerPort, 9094: analysts };
      const here = (value: string) =>
        value
          .replaceAll(
            /(?:kafka|localhost|127\.0\.0\.1|(?<=\/\/)):(909[234])/g,
            (_, there) => `127.0.0.1:${ports[there]}`,
          )
          .replace('/var/lib/kafka', folder);
      return Object.fromEntries(
        Object.entries(kafka?.environment ?? {}).map(([name, value]) => [propertyOf(name), here(value)]),
      );
    },
  });
  if ('unavailable' in started) return started;
  const [program, ...first] = accessList?.entrypoint ?? [];
  if (program !== '/opt/kafka/bin/kafka-acls.sh') throw new Error(`${program} makes no access list`);
  const args = [...first, ...(accessList?.command ?? [])].map((arg) =>
    arg.replace('kafka:9092', started.addresses.join()),
  );
  await run('java', ['-cp', join(await kafkaJars(), '*'), 'org.apache.kafka.tools.AclCommand', ...args]);
  return { ...started, analysts: `127.0.0.1:${analysts}` };
}

// https://github.com/apache/kafka/blob/4.1/docker/examples/README.md: a dot for `_`, a dash for `___`, `_` for `__`.
const propertyOf = (variable: string): string =>
  variable
    .replace('KAFKA_', '')
    .toLowerCase()
    .replaceAll(/_{1,3}/g, (run) => ['.', '_', '-'][run.length - 1] ?? run);
