import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { EventBus } from '#event-bus';
import { startKafka } from '../kafka/start-kafka.js';
import { startPostgres } from '../postgres/start-postgres.js';
import type { Bench } from './section.js';
import { type ServerProcess, startServer } from './server-process.js';

/** What a district runs: each server and each app in a process of its own. */
export type Pipeline = {
  home: string;
  brokers: string[];
  eventStoreUrl: string;
  bus: EventBus;
  start: (app: 'commands' | 'relay' | 'queries') => Promise<ServerProcess>;
  [Symbol.asyncDispose]: () => PromiseLike<void>;
};

/** Kafka, PostgreSQL with fsync, and the node as event store; no app yet. */
export async function startPipeline({ home: parent, profiles }: Bench, name: string): Promise<Pipeline> {
  const home = join(parent, name);
  mkdirSync(home, { recursive: true });
  await using running = new AsyncDisposableStack();
  const postgres = await startPostgres({ settings: ['fsync=on', 'synchronous_commit=on'] });
  if ('unavailable' in postgres) throw new Error(`there is no PostgreSQL: ${postgres.unavailable}`);
  running.defer(postgres.stop);
  const kafka = await startKafka();
  if ('unavailable' in kafka) throw new Error(`there is no Kafka: ${kafka.unavailable}`);
  running.defer(kafka.stop);
  const launch = async (script: string, log: string, environment: Record<string, string>) =>
    running.use(await startServer({ script, environment, log: join(home, `${log}.log`), profiles }));
  const node = await launch('test/bench/contestants/node.js', 'node', { DIRECTORY: join(home, 'node') });
  const environment = {
    YIZHAN_HOME: home,
    PORT: '0',
    EVENTSTORE_URL: node.url,
    KAFKA_BROKERS: kafka.addresses.join(','),
    DATABASE_URL: postgres.url,
  };
  const kept = running.move();
  return {
    home,
    brokers: kafka.addresses,
    eventStoreUrl: node.url,
    bus: new EventBus({
      brokers: kafka.addresses,
      clientId: 'bench',
      log: pino({ level: 'silent' }),
    }),
    start: async (app) =>
      kept.use(
        await startServer({
          script: `apps/${app}/src/main.js`,
          environment,
          log: join(home, `${app}.log`),
          profiles,
        }),
      ),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/** Records of a topic; 0 before it is there. */
export async function recordsOf(bus: EventBus, topic: string): Promise<number> {
  const offsets = await bus.offsets(topic).catch(() => new Map<number, { end: bigint }>());
  return [...offsets.values()].reduce((sum, { end }) => sum + Number(end), 0);
}

/** Memory in MiB at its most: in the first third of the events, and in all. */
export type Carried = { rate: number; early: number; memory: number };

/** Watches a relay from its first records to the last of so many: events per second, and its memory. */
export async function carriedBy(
  relay: ServerProcess,
  bus: EventBus,
  { topic, events, say }: { topic: string; events: number; say: (line: string) => void },
): Promise<Carried> {
  let [first, began, early, memory, told] = [0, 0, 0, 0, 0];
  for (let there = 0; there < events; await pause(50)) {
    there = await recordsOf(bus, topic);
    memory = Math.max(memory, relay.rss());
    if (there < events / 3) early = memory;
    if (there > 0 && first === 0) [first, began] = [there, performance.now()];
    const tenths = Math.floor((10 * there) / events);
    if (tenths > told) say(`${there.toLocaleString('en')} of ${events.toLocaleString('en')} events carried`);
    told = tenths;
  }
  return { rate: ((events - first) * 1_000) / Math.max(1, performance.now() - began), early, memory };
}
