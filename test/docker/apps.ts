import { commandsConfig } from '../../apps/commands/src/config.js';
import { queriesConfig } from '../../apps/queries/src/config.js';
import { relayConfig } from '../../apps/relay/src/config.js';
import type { Compose, Service } from './compose.js';
import { environmentOf, stagesOf } from './dockerfile.js';
import { text } from './project.js';

const stage = stagesOf(text('docker/Dockerfile')).find(({ name }) => name === 'app');
/** What the image sets itself. */
export const image = environmentOf(stage);
const configs = { commands: commandsConfig, relay: relayConfig, queries: queriesConfig };
export type App = keyof typeof configs;
export const apps = Object.keys(configs) as App[];

export const serviceOf = ({ services }: Compose, name: string): Service => services[name] ?? {};
const settingsOf = (compose: Compose, app: App) => ({ ...image, ...serviceOf(compose, app).environment });

/** The settings as an app reads them, and the names it asks for. */
export function read(compose: Compose, app: App) {
  const asked = new Set<string>();
  const recorded = new Proxy<Record<string, string>>(settingsOf(compose, app), {
    get: (target, name: string) => (asked.add(name), target[name]),
  });
  return { config: configs[app](recorded), asked };
}

/** Variables that no app reads, and variables that an app reads and only others are given. */
export function strays(compose: Compose): string[] {
  const given = new Set(apps.flatMap((app) => Object.keys(settingsOf(compose, app))));
  const asked = apps.map((app) => ({ app, names: read(compose, app).asked }));
  const everything = new Set(asked.flatMap(({ names }) => [...names]));
  const missing = asked.flatMap(({ app, names }) =>
    [...names]
      .filter((name) => given.has(name) && !(name in settingsOf(compose, app)))
      .map((name) => `${app} reads ${name} and is not given it`),
  );
  const unread = [...given].filter((name) => name !== 'NODE_ENV' && !everything.has(name));
  return [...missing, ...unread.map((name) => `nobody reads ${name}`)];
}

/** Servers that are named and not there, not where they listen, or not waited for. */
export function unreachable(compose: Compose): string[] {
  const listening = listeners(compose);
  return apps.flatMap((app) => {
    const { environment = {}, depends_on } = serviceOf(compose, app);
    return addressesIn(environment).flatMap((address) => {
      if (!listening.includes(address)) return [`nobody listens on ${address}`];
      const [host = ''] = address.split(':');
      return depends_on?.[host]?.condition === 'service_healthy' ? [] : [`${app} does not wait for ${host}`];
    });
  });
}

// Where EventStoreDB and PostgreSQL listen unless they are told otherwise, and where Kafka says it does.
function listeners(compose: Compose): string[] {
  const nodes = Object.keys(compose.services).filter((name) => name.startsWith('eventstore'));
  const { KAFKA_ADVERTISED_LISTENERS: kafka = '' } = serviceOf(compose, 'kafka').environment ?? {};
  const brokers = kafka.split(',').map((listener) => listener.replace(/^\w+:\/\//, ''));
  return [...nodes.map((node) => `${node}:2113`), ...brokers, 'postgres:5432'];
}

function addressesIn({ EVENTSTORE_URL, KAFKA_BROKERS, DATABASE_URL }: Record<string, string>): string[] {
  const places = [EVENTSTORE_URL, KAFKA_BROKERS, DATABASE_URL].filter((place) => place !== undefined);
  return places.flatMap((place) => /^(?:\w+:\/\/)?(?:[^@/]*@)?([^/?]+)/.exec(place)?.[1]?.split(',') ?? []);
}
