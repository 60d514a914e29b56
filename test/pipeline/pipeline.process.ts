import { join } from 'node:path';
import { startGuardedKafka } from '../kafka/guarded-kafka.js';
import { startKafka } from '../kafka/start-kafka.js';
import { startPostgres } from '../postgres/start-postgres.js';
import {
  type StationProcess,
  endProcesses,
  startStation,
  temporaryHome,
} from '../processes/station.process.js';
import { compiled } from '../reliability/compiled.js';
import { NodeProcess } from '../reliability/node-process.js';

type App = 'commands' | 'relay' | 'queries';

/** The servers that the processes of a district stand on, fresh and their own: Kafka, PostgreSQL, an event store. */
export type Servers = {
  kafka: Exclude<Awaited<ReturnType<typeof startKafka>>, { unavailable: string }>;
  postgres: Exclude<Awaited<ReturnType<typeof startPostgres>>, { unavailable: string }>;
  eventStoreUrl: string;
  /** Holds the signing key of all processes. */
  home: string;
  /** Resolves when it is ready; `hooks`: files of this folder that its node loads first. */
  start: (app: App, env?: Record<string, string>, ...hooks: string[]) => Promise<StationProcess>;
  stop: () => Promise<void>;
};

export type ServersOptions = {
  brokers?: 1 | 3;
  /** A broker behind TLS and a login by this mechanism, e.g. `SCRAM-SHA-512`. */
  login?: string;
};

/** Starts the servers and none of our own processes; says what is missing where one cannot be had. */
export async function startServers({ brokers = 1, login }: ServersOptions = {}): Promise<
  Servers | { unavailable: string }
> {
  const postgres = await startPostgres();
  if ('unavailable' in postgres) return postgres;
  const kafka = await (login === undefined ? startKafka({ size: brokers }) : startGuardedKafka(login));
  if ('unavailable' in kafka) {
    await postgres.stop();
    return kafka;
  }
  const home = await temporaryHome();
  const node = new NodeProcess();
  await node.ready();
  const eventStoreUrl = await node.open(join(home, 'store'));
  const settings = {
    EVENTSTORE_URL: eventStoreUrl,
    ...kafka.settings,
    DATABASE_URL: postgres.url,
  };
  return {
    kafka,
    postgres,
    eventStoreUrl,
    home,
    start: (app, env = {}, ...hooks) => {
      const nodeArgs = hooks.flatMap((hook) => ['--import', compiled(`../pipeline/${hook}`).href]);
      return startStation({ app, home, env: { ...settings, ...env }, nodeArgs });
    },
    stop: async () => {
      await node.kill();
      await Promise.all([kafka.stop(), postgres.stop()]);
      await endProcesses();
    },
  };
}
